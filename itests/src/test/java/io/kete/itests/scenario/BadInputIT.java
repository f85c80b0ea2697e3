// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.itests.world.Registers;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;

/**
 * Everything wrong at once: no broker, a device that does not answer, a route with a typing error,
 * a property nobody knows, a recipient without certificate. Each is named with its place, and what
 * is right runs on.
 */
public class BadInputIT extends OnFelix {

  private static final String STREAM = "telemetry";
  private static final String OTHER = "other";
  private static final long SOME = 40;
  private static final String LOST_DEVICE = "kete.itests.lost";
  private static final String BROKEN_ROUTE =
      """
      - route:
          from:
            uri: asset:pump-1?period=100
            steps:
              - to: signal:range?channel=flow&maxx=7
              - to: buffer:telemetry
      """;

  private static final String POLICY =
      """
      {
        "format": "kete-policy/1",
        "version": 1,
        "name": "integration tests",
        "recipients": { "centre": ["centre.pem"], "lab": ["lab.pem"] },
        "classes": { "research": ["pump-1/canaryText"], "secret": ["pump-1/canary"], "open": ["pump-*/*"] },
        "default": { "action": "seal", "recipients": ["centre"] },
        "rules": [
          { "name": "research", "class": "research", "action": "seal", "recipients": ["lab"] },
          { "name": "secret", "class": "secret", "action": "seal", "recipients": ["centre"] },
          { "name": "open", "class": "open", "action": "plain" }
        ]
      }
      """;

  @Configuration
  public static Option[] gateway() {
    Site site = Site.open(Platform.folder(BadInputIT.class));
    Peer peer = site.peer();
    int lost = peer.device();
    System.setProperty(LOST_DEVICE, Integer.toString(lost));
    peer.cut(lost);
    peer.cut(peer.broker());
    Plan plan =
        new Plan()
                .device("plc", "pump-1", peer.device())
                .device("lost-plc", "pump-2", lost)
                .route("good", Plan.text("asset:pump-1?period=100", "buffer:telemetry"))
                .route("lost", Plan.text("asset:pump-2?period=50&backoff.max=400", "buffer:other"))
                .route("broken", BROKEN_ROUTE)
                .stream(STREAM, "stream.nmae", "telemetry")
                .stream(OTHER)
                .cloud(peer.broker());
    site.configure(plan, POLICY);
    return Platform.product(site);
  }

  @Test
  public void withoutABrokerTheGatewayBuffersAndSaysSo() {
    assertComplete();
    Eventually.holds(
        PATIENCE, () -> assertThat(fact("buffer.telemetry", "accepted")).isGreaterThan(SOME));
    assertThat(fact("buffer.telemetry", "delivered")).isZero();
    assertThat(fact("buffer.telemetry", "buffered")).isGreaterThan(SOME);
    String broker = "127.0.0.1:" + peer().broker();
    Eventually.holds(
        PATIENCE, () -> assertThat(logged("connect_failed")).anyMatch(l -> l.contains(broker)));
    assertThat(problems("cloud")).as("status").anyMatch(problem -> problem.contains(broker));
    assertThat(problems("uplink")).isNotEmpty();
    peer().mend(peer().broker());
    Eventually.holds(
        PATIENCE,
        () -> {
          assertThat(fact("buffer.telemetry", "delivered")).isGreaterThan(SOME);
          assertThat(good()).hasSizeGreaterThan((int) SOME);
          assertThat(problems("cloud")).isEmpty();
          assertThat(problems("uplink")).isEmpty();
        });
    // live samples overtake the backlog, so there is a gap until that has arrived
    Eventually.holds(PATIENCE, this::assertEveryGoodSampleArrived);
    Eventually.holds(
        PATIENCE,
        () -> assertThat(peer().samples(OTHER)).anyMatch(BadInputIT::saysWhyThereIsNoValue));
    Eventually.holds(PATIENCE, () -> assertThat(peer().faults(STREAM)).isEmpty());
    Eventually.holds(PATIENCE, () -> assertThat(peer().faults(OTHER)).isEmpty());
  }

  private void assertEveryGoodSampleArrived() {
    List<Sample> good = good();
    for (int i = 0; i < good.size(); i++) {
      assertThat(good.get(i).number("serial")).isEqualTo(i + 1);
      assertThat(good.get(i).number("canary")).isEqualTo(Registers.canary(i + 1));
      assertThat(good.get(i).values()).as("has no recipient").doesNotContainKey("canaryText");
    }
  }

  private static boolean saysWhyThereIsNoValue(Sample sample) {
    return sample.values().isEmpty()
        && sample.qualities().size() > 10
        && sample.qualities().values().stream().allMatch(quality -> quality.startsWith("BAD: "));
  }

  private List<Sample> good() {
    return peer().samples(STREAM).stream()
        .filter(sample -> sample.values().containsKey("canary"))
        .toList();
  }

  @Test
  public void aDeviceThatDoesNotAnswerIsToldOncePerChange() {
    int line = Integer.getInteger(LOST_DEVICE, 0);
    Eventually.holds(PATIENCE, () -> assertThat(fact("route.lost", "accepted")).isGreaterThan(5));
    assertThat(logged("device_lost pid=lost-plc")).hasSize(1);
    assertThat(logged("asset_lost asset=pump-2")).hasSize(1);
    assertThat(missed("lost", "backing_off")).as("polls left out by the back-off").isPositive();
    peer().mend(line);
    Eventually.holds(
        PATIENCE,
        () -> {
          assertThat(logged("device_found pid=lost-plc")).hasSize(1);
          assertThat(logged("asset_found asset=pump-2")).hasSize(1);
        });
    peer().cut(line);
    Eventually.holds(PATIENCE, () -> assertThat(logged("device_lost pid=lost-plc")).hasSize(2));
    assertThat(logged("device_lost pid=plc")).isEmpty();
  }

  private long missed(String route, String reason) {
    Object missed = status("route." + route).orElseThrow().facts().get("missed");
    return missed instanceof Map<?, ?> reasons && reasons.get(reason) instanceof Number number
        ? number.longValue()
        : 0;
  }

  @Test
  public void aBrokenRouteIsNamedWithItsLine() {
    Eventually.holds(PATIENCE, () -> assertThat(logged("route_refused")).isNotEmpty());
    assertThat(logged("route_refused"))
        .singleElement()
        .asString()
        .contains("route broken: line 5:")
        .contains("maxx");
    assertThat(problems("route.broken"))
        .anyMatch(problem -> problem.contains("line 5") && problem.contains("maxx"));
    assertThat(status("route.broken").orElseThrow().facts()).containsEntry("state", "broken");
    assertThat(status("route.good").orElseThrow().facts()).containsEntry("state", "running");
  }

  @Test
  public void anUnknownPropertyIsNamedWithFileLineAndKey() throws Exception {
    Eventually.holds(PATIENCE, () -> assertThat(logged("config_loaded")).isNotEmpty());
    List<String> text = Files.readAllLines(data().resolve("user/snapshots/snapshot_0.xml"));
    int line = 1;
    while (!text.get(line - 1).contains("stream.nmae")) {
      line++;
    }
    assertThat(logged("config_unknown_property"))
        .singleElement()
        .asString()
        .contains("snapshot_0.xml line=" + line + " pid=telemetry key=stream.nmae");
    String place = "snapshot_0.xml:" + line;
    assertThat(problems("config"))
        .anyMatch(problem -> problem.contains(place) && problem.contains("stream.nmae"));
  }

  @Test
  public void aMissingCertificateIsNamed() {
    Eventually.holds(
        PATIENCE,
        () -> {
          assertThat(problems("policy"))
              .anyMatch(
                  problem -> problem.contains("lab.pem") && problem.contains("recipient lab"));
          assertThat(logged("recipient_refused")).hasSize(1);
          assertThat(fact("policy", "withheldReadings")).isPositive();
          assertThat(fact("policy", "sealedReadings")).isPositive();
        });
  }
}
