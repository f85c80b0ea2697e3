// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kete.buffer.api.Refusal;
import io.kete.buffer.api.Stream;
import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import io.kete.data.api.Status;
import io.kete.route.camel.asset.CountingAsset;
import io.kete.route.camel.buffer.ScriptedStream;
import io.kete.route.camel.ledger.Counts;
import io.kete.route.camel.service.MapDirectory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.eclipse.kura.asset.Asset;
import org.eclipse.kura.type.LongValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RouteHostTest {
  private static final String PID = "pump";

  private final CountingAsset pump = new CountingAsset();
  private final ScriptedStream telemetry = new ScriptedStream();
  private final MapDirectory<Asset> assets = new MapDirectory<Asset>().with("pump-1", pump);
  private final MapDirectory<Stream> streams =
      new MapDirectory<Stream>().with("telemetry", telemetry);
  private final RouteHost host = new RouteHost(assets, streams, new MapDirectory<>());

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

  private static String route(String... steps) {
    StringBuilder text =
        new StringBuilder(
            "- route:\n    from:\n      uri: asset:pump-1?period=10&inFlight=8\n      steps:\n");
    for (String step : steps) {
      text.append("        - ").append(step).append('\n');
    }
    return text.toString();
  }

  private static final String PLAIN =
      route("to: signal:range?channel=count&min=0", "to: buffer:telemetry");

  private void apply(String text) {
    host.apply(new RouteSettings(PID, text, true));
  }

  private Counts counts() {
    return host.ledger(PID).counts();
  }

  private List<Long> storedValues() {
    return telemetry.stored().stream().map(RouteHostTest::value).toList();
  }

  private static long value(Sample sample) {
    Reading.Measured reading = (Reading.Measured) sample.readings().get(0);
    return ((LongValue) reading.value()).getValue();
  }

  private void assertAllInOrder(long count) {
    assertThat(storedValues()).isEqualTo(LongStream.rangeClosed(1, count).boxed().toList());
  }

  @Test
  void everySampleReachesTheStreamInOrderAndTheLedgerIsEven() {
    telemetry.committing();
    apply(PLAIN);
    soon().until(() -> counts().accepted() >= 50);
    assertThat(String.valueOf(host.status(PID).facts().get("digest"))).matches("[0-9a-f]{64}");
    host.apply(new RouteSettings(PID, PLAIN, false));
    soon().until(() -> "disabled".equals(host.status(PID).facts().get("state")));
    assertThat(host.status(PID).facts()).containsEntry("digest", "");

    Counts counts = counts();
    assertThat(counts.isEven()).isTrue();
    assertThat(counts.inRoute()).isZero();
    assertThat(counts.captured()).isEqualTo(counts.accepted()).isEqualTo(pump.reads());
    assertAllInOrder(counts.accepted());
    Reading.Measured first = (Reading.Measured) telemetry.stored().get(0).readings().get(0);
    assertThat(first.unit()).isEqualTo("1");
    assertThat(first.timeMillis()).isEqualTo(7);
  }

  @Test
  void aStreamThatDoesNotAnswerHoldsNoMoreThanTheBound() {
    apply(PLAIN);
    soon().until(() -> counts().missed().getOrDefault("in_flight_full", 0L) >= 5);
    assertThat(counts().inRoute()).isEqualTo(8);
    assertThat(pump.reads()).isEqualTo(8);
    assertThat(telemetry.waiting()).isEqualTo(8);

    telemetry.committing();
    soon().until(() -> counts().accepted() >= 20);
    assertThat(storedValues().subList(0, 20))
        .isEqualTo(LongStream.rangeClosed(1, 20).boxed().toList());
  }

  @Test
  void replacingARouteUnderLoadLosesNothing() {
    telemetry.committing();
    for (int edit = 0; edit < 20; edit++) {
      long before = counts().accepted();
      apply(route("to: signal:range?channel=count&min=-" + edit, "to: buffer:telemetry"));
      soon().until(() -> counts().accepted() >= before + 3);
      assertThat(host.status(PID).problems()).isEmpty();
    }
    host.apply(new RouteSettings(PID, PLAIN, false));
    soon().until(() -> "disabled".equals(host.status(PID).facts().get("state")));

    Counts counts = counts();
    assertThat(counts.isEven()).isTrue();
    assertThat(counts.inRoute()).isZero();
    assertThat(counts.accepted()).isEqualTo(pump.reads());
    assertThat(counts.failed()).isEmpty();
    assertAllInOrder(pump.reads());
  }

  @Test
  void aBrokenEditNamesRouteLineAndNodeAndThePreviousTextRunsOn() {
    telemetry.committing();
    apply(PLAIN);
    soon().until(() -> counts().accepted() >= 3);
    apply(route("to: signal:range?channel=count&mim=0", "to: buffer:telemetry"));
    soon().until(() -> !host.status(PID).problems().isEmpty());
    assertThat(host.status(PID).problems().get(0))
        .contains("route pump: line 5: ")
        .contains("signal:range")
        .contains("knows no option mim; allowed are action, channel, max, min")
        .endsWith("the previous text runs on");
    long before = counts().accepted();
    soon().until(() -> counts().accepted() >= before + 3);

    apply(PLAIN);
    soon().until(() -> host.status(PID).problems().isEmpty());
    assertThat(counts().isEven()).isTrue();
  }

  @Test
  void aBrokenFirstTextIsReportedAndOtherRoutesRun() {
    telemetry.committing();
    apply(route("filtre: x", "to: buffer:telemetry"));
    host.apply(new RouteSettings("other", PLAIN, true));
    soon().until(() -> host.ledger("other").counts().accepted() >= 3);
    Status status = host.status(PID);
    assertThat(status.facts()).containsEntry("state", "broken");
    assertThat(status.problems()).hasSize(1);
    assertThat(status.problems().get(0)).contains("route pump: line 5: ").contains("filtre");
    assertThat(counts().captured()).isZero();
  }

  @Test
  void brokenTextsAreRefusedWithTheirLine() {
    assertRefused("- route: [", "route pump: line 2: while parsing");
    assertRefused("", "the text is empty");
    assertRefused("just words", "route pump: ");
    assertRefused(PLAIN + PLAIN.replace("pump-1", "pump-2"), "exactly one route, it holds 2");
    assertRefused(route("to: nosuch:thing"), "route pump: line 5: ");
    assertRefused(
        route("to: signal:rnage"), "there is no signal:rnage; allowed are signal:deadband");
    assertRefused(PLAIN.replace("period=10", "period=1"), "line 3: ");
    assertRefused(
        PLAIN.replace("period=10", "period=1"),
        "period must be a whole number from 10 to 86400000 but is '1'");
    assertRefused(route("to: asset:pump-1"), "asset: is a source; use it after from");
  }

  private void assertRefused(String text, String expected) {
    host.apply(new RouteSettings(PID, text, true));
    soon()
        .untilAsserted(
            () ->
                assertThat(host.status(PID).problems())
                    .anyMatch(problem -> problem.contains(expected)));
    RouteHost.await(host.remove(PID));
  }

  @Test
  void samplesWaitWhileTheStreamIsAwayAndNoneIsLost() {
    streams.without("telemetry");
    apply(PLAIN);
    soon().until(() -> counts().inRoute() == 8);
    assertThat(host.status(PID).problems())
        .anyMatch(problem -> problem.contains("stream telemetry is not there"));

    streams.with("telemetry", telemetry.committing());
    soon().until(() -> counts().accepted() >= 20);
    soon().until(() -> host.status(PID).problems().isEmpty());
    assertThat(storedValues().subList(0, 20))
        .isEqualTo(LongStream.rangeClosed(1, 20).boxed().toList());
  }

  @Test
  void aFullStreamIsAskedAgainAndOrderHolds() {
    AtomicBoolean full = new AtomicBoolean(true);
    telemetry.judge(sample -> full.get() ? Refusal.Cause.FULL : null);
    telemetry.committing();
    apply(PLAIN);
    soon().until(() -> counts().inRoute() == 8 && !host.status(PID).problems().isEmpty());
    full.set(false);
    soon().until(() -> counts().accepted() >= 20);
    assertThat(storedValues().subList(0, 20))
        .isEqualTo(LongStream.rangeClosed(1, 20).boxed().toList());
    assertThat(counts().failed()).isEmpty();
  }

  @Test
  void refusedSamplesAreCountedByReason() {
    telemetry.judge(sample -> value(sample) % 2 == 0 ? Refusal.Cause.STORAGE : null);
    telemetry.committing();
    apply(PLAIN);
    soon().until(() -> counts().accepted() >= 10);
    apply("");
    host.apply(new RouteSettings(PID, PLAIN, false));
    soon().until(() -> "disabled".equals(host.status(PID).facts().get("state")));
    Counts counts = counts();
    assertThat(counts.failed()).containsEntry("refused_storage", pump.reads() / 2);
    assertThat(counts.accepted()).isEqualTo((pump.reads() + 1) / 2);
    assertThat(counts.isEven()).isTrue();
  }

  @Test
  void aSampleWithoutReadingsEndsFilteredAndItsRemovalIsCounted() {
    telemetry.committing();
    apply(route("to: signal:range?channel=count&min=4&action=drop", "to: buffer:telemetry"));
    soon().until(() -> counts().accepted() >= 3);
    Counts counts = counts();
    assertThat(counts.filtered()).isEqualTo(3);
    assertThat(counts.removed()).hasSize(1).containsValue(3L);
    assertThat(storedValues().get(0)).isEqualTo(4);
  }

  @Test
  void aStepRemembersAcrossAnEditThatKeepsIt() {
    telemetry.committing();
    String deadband = "to: signal:deadband?channel=count&delta=1000000000&max.silence=0";
    apply(route(deadband, "to: buffer:telemetry"));
    soon().until(() -> counts().filtered() >= 3);
    apply(route("to: signal:range?min=0", deadband, "to: buffer:telemetry"));
    soon().until(() -> counts().removed().size() == 2 && counts().filtered() >= 8);
    assertThat(counts().accepted()).isEqualTo(1);
  }

  @Test
  void aMissingAssetIsCountedAndItsReturnIsNoticed() {
    telemetry.committing();
    assets.without("pump-1");
    apply(PLAIN);
    soon().until(() -> counts().missed().getOrDefault("asset_missing", 0L) >= 3);
    assertThat(host.status(PID).problems())
        .anyMatch(problem -> problem.contains("there is no asset pump-1"));
    assets.with("pump-1", pump);
    soon().until(() -> counts().accepted() >= 3);
    assertThat(host.status(PID).problems()).isEmpty();
  }

  @Test
  void closingLeavesNoThread() throws InterruptedException {
    telemetry.committing();
    CountDownLatch reading = new CountDownLatch(1);
    pump.behave(
        () -> {
          reading.countDown();
          return pump.count();
        });
    apply(PLAIN);
    reading.await();
    RouteHost.await(host.remove(PID));
    host.close();
    Awaitility.await()
        .atMost(Duration.ofSeconds(5))
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .map(Thread::getName)
                    .noneMatch(
                        name -> name.startsWith("route.camel-") || name.startsWith("Camel")));
  }
}
