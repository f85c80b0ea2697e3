// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UplinkSettingsTest {

  /** The configuration with its defaults but for some values, by the name of their method. */
  private static CloudUplinkConfig config(Map<String, Object> changed) {
    return (CloudUplinkConfig)
        Proxy.newProxyInstance(
            CloudUplinkConfig.class.getClassLoader(),
            new Class<?>[] {CloudUplinkConfig.class},
            (proxy, method, arguments) ->
                method.getDeclaringClass() == Annotation.class
                    ? CloudUplinkConfig.class
                    : changed.getOrDefault(method.getName(), method.getDefaultValue()));
  }

  private static void refuses(String key, Object value, String message) {
    CloudUplinkConfig config = config(Map.of(key, value));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> {
              Way.of(config);
              UplinkSettings.of(config);
            })
        .withMessageStartingWith(CloudUplink.PID + ": ")
        .withMessageContaining(message);
  }

  @Test
  void takesTheDefaults() {
    UplinkSettings settings = UplinkSettings.of(config(Map.of()));
    assertThat(settings.window()).isEqualTo(256);
    assertThat(settings.confirmTimeout()).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.pace().schedule().toString()).isEmpty();
    assertThat(Way.of(config(Map.of())).kind()).isEqualTo(Way.Kind.CLOUD_PUBLISHER);
  }

  @Test
  void namesTheKeyAndTheAllowedRange() {
    refuses("window", 0, "window=0 is not between 1 and 10000");
    refuses("confirm_timeout", 4, "confirm.timeout=4 is not between 5 and 3600");
    refuses("retry_interval", 9, "retry.interval=9 is not between 10 and 60000");
    refuses("backlog_delay", 49, "backlog.delay=49 is not between 50 and 60000");
    refuses("max_message_bytes", 10, "max.message.bytes=10 is not between 1024 and 268435455");
    refuses("refusals_max", 0, "refusals.max=0 is not between 1 and 1000");
    refuses("ledger_interval", -1, "ledger.interval=-1 is not between 0 and 86400");
    refuses("budget_live_percent", 101, "budget.live.percent=101 is not between 0 and 100");
    refuses("max_bytes_per_second", -1L, "max.bytes.per.second=-1 is not between 0");
    refuses("schedule", "* * *", "schedule '* * *' has not five fields");
    refuses("schedule_backlog", "60 * * * *", "schedule.backlog '60' is no minute, which is 0 to");
    refuses("link", "a b", "link=a b is not a name");
    refuses("transport", "pigeon", "transport=pigeon is not cloud-publisher or data-transport");
    refuses("transport_topic", "A/#", "transport.topic=A/# is not a topic without");
    refuses("transport_gzip_from", -1, "transport.gzip.from=-1 is not between 0");
  }
}
