// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  @Test
  void takesKurasDefaults() {
    TransportSettings settings =
        TransportSettings.of(config(TransportConfig.class, Map.of()), "0242AC110002");
    assertThat(settings.broker()).isEqualTo(new BrokerAddress("broker-url", 1883, false));
    assertThat(settings.clientId()).hasToString("0242AC110002");
    assertThat(settings.will().topic()).isEqualTo("$EDC/account-name/0242AC110002/MQTT/LWT");
    assertThat(settings.limit()).hasSeconds(30);
    assertThat(LinkSettings.of(config(DataServiceConfig.class, Map.of())).autoConnect()).isFalse();
    assertThat(CloudSettings.of(config(CloudServiceConfig.class, Map.of())).gzip()).isTrue();
    assertThat(
            TopicPublisher.PublisherSettings.of(config(CloudPublisherConfig.class, Map.of()))
                .topic())
        .isEqualTo("A1/$assetName");
  }

  @ParameterizedTest
  @CsvSource({
    "broker$_$url, http://x, broker-url",
    "broker$_$url, mqtt://, broker-url",
    "client$_$id, 'a,b', client-id",
    "topic_context_account$_$name, a/b, topic.context.account-name",
    "lwt_topic, a/+, lwt.topic"
  })
  void namesPidAndKeyOfAWrongText(String method, String value, String key) {
    assertThatThrownBy(
            () -> TransportSettings.of(config(TransportConfig.class, Map.of(method, value)), "MAC"))
        .hasMessageContaining(MqttDataTransport.PID + ": " + key);
  }

  @ParameterizedTest
  @CsvSource({
    "keep$_$alive, 0, keep-alive",
    "timeout, 601, timeout",
    "lwt_qos, 3, lwt.qos",
    "protocol$_$version, 5, protocol-version",
    "kete_max$_$inflight, 60001, kete.max-inflight"
  })
  void namesPidAndKeyOfAWrongNumber(String method, int value, String key) {
    assertThatThrownBy(
            () -> TransportSettings.of(config(TransportConfig.class, Map.of(method, value)), "MAC"))
        .hasMessageContaining(MqttDataTransport.PID + ": " + key);
  }

  @Test
  void refusesWhatTheOtherComponentsCannotDo() {
    assertThatThrownBy(
            () ->
                LinkSettings.of(
                    config(DataServiceConfig.class, Map.of("connect_retry$_$interval", 0))))
        .hasMessageContaining("connect.retry-interval");
    assertThatThrownBy(
            () ->
                CloudSettings.of(
                    config(CloudServiceConfig.class, Map.of("payload_encoding", "simple-json"))))
        .hasMessageContaining("payload.encoding");
    assertThatThrownBy(
            () ->
                TopicPublisher.PublisherSettings.of(
                    config(CloudPublisherConfig.class, Map.of("app_topic", "A1/#"))))
        .hasMessageContaining("app.topic");
    assertThatThrownBy(() -> TopicSubscriber.subscription("W1", "x", 2, "data"))
        .hasMessageContaining("qos");
  }

  @Tag("KETE-PUB-1")
  @Test
  void fillsTopics() {
    TopicTemplate one = new TopicTemplate("a/b/W1", "A1/$assetName");
    assertThat(one.topic(Map.of("assetName", "pump"))).isEqualTo("a/b/W1/A1/pump");
    assertThat(one.topic(Map.of("assetName", "pump"))).isEqualTo("a/b/W1/A1/pump");
    assertThat(one.topic(Map.of("assetName", "x+y#$1"))).isEqualTo("a/b/W1/A1/x_y_$1");
    assertThat(one.topic(Map.of())).isEqualTo("a/b/W1/A1/$assetName");
    assertThat(new TopicTemplate("$EDC/b/W1", "$x/$y").topic(Map.of("x", 1, "EDC", "no")))
        .isEqualTo("$EDC/b/W1/1/$y");
    assertThat(new TopicTemplate("a/b/W1", "").topic(Map.of())).isEqualTo("a/b/W1");
  }

  /** A configuration with its defaults, except for some values. */
  private static <A extends Annotation> A config(Class<A> type, Map<String, Object> values) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) ->
                values.getOrDefault(method.getName(), method.getDefaultValue())));
  }
}
