// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kete.buffer.api.Stream;
import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import io.kete.model.api.Binding;
import io.kete.model.api.ModelSlot;
import io.kete.route.camel.asset.CountingAsset;
import io.kete.route.camel.buffer.ScriptedStream;
import io.kete.route.camel.ledger.Counts;
import io.kete.route.camel.model.NumberingSlot;
import io.kete.route.camel.service.MapDirectory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.awaitility.core.ConditionFactory;
import org.eclipse.kura.asset.Asset;
import org.eclipse.kura.type.LongValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ModelRouteTest {
  private static final String PID = "pump";

  private final CountingAsset asset = new CountingAsset();
  private final ScriptedStream telemetry = new ScriptedStream().committing();
  private final NumberingSlot slot = new NumberingSlot();
  private final MapDirectory<ModelSlot> slots = new MapDirectory<>();
  private final RouteHost host =
      new RouteHost(
          new MapDirectory<Asset>().with("pump-1", asset),
          new MapDirectory<Stream>().with("telemetry", telemetry),
          slots);

  @AfterEach
  void stop() {
    host.close();
    telemetry.close();
  }

  private static ConditionFactory soon() {
    return await()
        .pollInterval(2, MILLISECONDS)
        .pollDelay(Duration.ZERO)
        .atMost(Duration.ofSeconds(10));
  }

  private void apply(String step) {
    String text =
        "- route:\n    from:\n      uri: asset:pump-1?period=10&inFlight=8\n      steps:\n"
            + "        - to: "
            + step
            + "\n        - to: buffer:telemetry\n";
    host.apply(new RouteSettings(PID, text, true));
  }

  private Counts counts() {
    return host.ledger(PID).counts();
  }

  private static Reading last(Sample sample) {
    return sample.readings().get(sample.readings().size() - 1);
  }

  private static long number(Reading reading) {
    return ((LongValue) ((Reading.Measured) reading).value()).getValue();
  }

  @Test
  void everySampleIsScoredInOrder() {
    slots.with("pump", slot.model(true));
    apply("model:pump?bind=flow:count,speed:n.1&prefix=x.");
    soon().until(() -> counts().accepted() >= 20);
    assertThat(slot.bindings())
        .contains(new Binding(PID, Map.of("flow", "count", "speed", "n.1"), "x."));
    List<Sample> stored = telemetry.stored().subList(0, 20);
    assertThat(stored.stream().map(sample -> number(last(sample))))
        .isEqualTo(LongStream.rangeClosed(1, 20).boxed().toList());
    RouteHost.await(host.remove(PID));
    assertThat(slot.open()).isZero();
  }

  @Test
  void withoutASlotSamplesPassMarkedAndTheStatusSaysWhy() {
    apply("model:pump?bind=flow:count");
    soon().until(() -> counts().accepted() >= 3);
    Reading mark = last(telemetry.stored().get(0));
    assertThat(mark.channel()).isEqualTo("pump.model");
    assertThat(mark.reason()).isEqualTo("none");
    assertThat(host.status(PID).problems()).anyMatch(p -> p.contains("there is no slot pump"));

    slots.with("pump", slot.model(true));
    soon()
        .until(() -> telemetry.stored().stream().anyMatch(s -> last(s).channel().equals("score")));
    soon().until(() -> host.status(PID).problems().isEmpty());
    assertThat(counts().failed()).isEmpty();
  }

  @Test
  void samplesWaitForAModelWhereTheRouteSaysSoAndGoOnInOrder() {
    apply("model:pump?bind=flow:count&wait=true");
    soon().until(() -> counts().inRoute() == 8);
    slots.with("pump", slot);
    assertThat(counts().accepted()).isZero();
    assertThat(host.status(PID).problems()).anyMatch(p -> p.contains("samples wait for a model"));
    slot.model(true);
    soon().until(() -> counts().accepted() >= 30);
    slot.model(false);
    soon().until(() -> counts().inRoute() == 8);
    slot.model(true);
    soon().until(() -> counts().accepted() >= 60);
    List<Sample> stored = telemetry.stored().subList(0, 60);
    assertThat(stored.stream().map(sample -> number(sample.readings().get(0))))
        .isEqualTo(LongStream.rangeClosed(1, 60).boxed().toList());
    assertThat(counts().failed()).isEmpty();
    assertThat(host.status(PID).problems()).isEmpty();
  }

  @Test
  void brokenOptionsAreRefused() {
    assertRefused("model:pump", "model:pump needs bind=role:channel,role:channel but has ''");
    assertRefused("model:pump?bind=flow", "needs bind=role:channel,role:channel but has 'flow'");
    assertRefused("model:pump?bind=a:b,a:c", "binds the role a twice");
    assertRefused("model:pump?bind=a:b&wait=maybe", "wait must be one of true, false");
    assertRefused("model:pump?bind=a:b&slot=x", "knows no option slot");
  }

  private void assertRefused(String step, String expected) {
    apply(step);
    soon()
        .untilAsserted(
            () ->
                assertThat(host.status(PID).problems())
                    .anyMatch(problem -> problem.contains(expected)));
    RouteHost.await(host.remove(PID));
  }
}
