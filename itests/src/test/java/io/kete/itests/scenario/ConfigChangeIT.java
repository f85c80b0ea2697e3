// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.itests.world.Registers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.eclipse.kura.configuration.ConfigurationService;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;

/** The configuration changes while data flows: nothing is lost, nothing restarts that need not. */
public class ConfigChangeIT extends OnFelix {

  private static final String STREAM = "telemetry";
  private static final int CHANGES = 6;
  private static final long BETWEEN = 15;
  private static final String ALL_BUT_SECRETS =
      "\"pump-1/serial\", \"pump-1/lantern*\", \"pump-1/*int*\", \"pump-1/input*\"";

  @Configuration
  public static Option[] gateway() {
    Site site = Site.open(Platform.folder(ConfigChangeIT.class));
    int device = site.peer().device();
    System.setProperty("kete.itests.device", Integer.toString(device));
    Plan plan =
        new Plan()
            .device("plc", "pump-1", device).route("pump", route(0)).stream(STREAM)
                .cloud(site.peer().broker());
    site.configure(plan, Plan.policy(1, ALL_BUT_SECRETS));
    return Platform.product(site);
  }

  private static String route(int change) {
    return Plan.text(
        "asset:pump-1?period=20",
        "signal:range?channel=int16&max=" + (20_000 + change),
        "buffer:telemetry");
  }

  @Test
  public void nothingIsLostWhileRouteAndPolicyChange() throws Exception {
    assertComplete();
    ConfigurationService configuration = service(ConfigurationService.class);
    for (int change = 1; change <= CHANGES; change++) {
      awaitMore();
      configuration.updateConfiguration("pump", Map.of("route", route(change)));
    }
    Eventually.holds(
        PATIENCE, () -> assertThat(logged("route_started route=pump")).hasSize(CHANGES + 1));
    awaitMore();
    assertPolicyEditKeepsTheContext(configuration);
    awaitMore();
    configuration.updateConfiguration("pump", Map.of("enabled", false));
    Eventually.holds(
        PATIENCE,
        () ->
            assertThat(status("route.pump").orElseThrow().facts())
                .containsEntry("state", "disabled"));
    long polls = peer().served(Integer.getInteger("kete.itests.device", 0)).get(2);
    awaitEverything(STREAM);
    List<Sample> samples = peer().samples(STREAM);
    assertThat(samples.stream().map(Sample::seq).toList())
        .isEqualTo(LongStream.rangeClosed(1, samples.size()).boxed().toList());
    assertThat(
            samples.stream()
                .filter(sample -> sample.values().containsKey("serial"))
                .map(sample -> sample.number("serial"))
                .toList())
        .as("every state the device served, once and in order")
        .isEqualTo(LongStream.rangeClosed(1, polls).boxed().toList());
  }

  private void assertPolicyEditKeepsTheContext(ConfigurationService configuration)
      throws Exception {
    byte[] text = Registers.canaryText(0).substring(0, 7).getBytes(StandardCharsets.US_ASCII);
    assertThat(peer().messagesWith(text)).isZero();
    long captured = fact("route.pump", "captured");
    String policy = Plan.policy(2, "\"pump-1/*\"");
    configuration.updateConfiguration(
        Plan.POLICY,
        Map.of(
            "policy",
            policy,
            "policy.signature",
            Base64.getEncoder().encodeToString(peer().sign(policy))));
    Eventually.holds(
        PATIENCE,
        () -> {
          assertThat(logged("policy_applied version=2")).hasSize(1);
          assertThat(peer().messagesWith(text)).isPositive();
        });
    assertThat(logged("camel_started")).hasSize(1);
    assertThat(logged("route_started route=pump")).hasSize(CHANGES + 1);
    assertThat(fact("route.pump", "captured")).isGreaterThan(captured);
  }

  private void awaitMore() {
    long before = fact("route.pump", "captured");
    Eventually.holds(
        PATIENCE, () -> assertThat(fact("route.pump", "captured")).isGreaterThan(before + BETWEEN));
  }
}
