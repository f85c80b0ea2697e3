// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.asset;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.data.api.ClockQuality;
import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import io.kete.route.camel.ledger.RouteLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.asset.Asset;
import org.junit.jupiter.api.Test;

class AssetPollerTest {
  private static final int PERIOD = 100;
  private static final int BACKOFF_MAX = 1_000;

  private final CountingAsset pump = new CountingAsset();
  private final List<Sample> samples = new ArrayList<>();
  private final RouteLedger ledger = new RouteLedger("pump", System::nanoTime);
  private Optional<Asset> present = Optional.of(pump);
  private boolean full;
  private double random;
  private long nanos;
  private final AssetPoller poller =
      new AssetPoller(
          new AssetSettings("pump-1", PERIOD, 8, BACKOFF_MAX),
          new AssetPoller.Surroundings(
              () -> present, () -> full, samples::add, () -> nanos, () -> random),
          new CaptureClock(() -> 5_000 + TimeUnit.NANOSECONDS.toMillis(nanos), () -> nanos),
          ledger);

  private void pass(long millis) {
    nanos += TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private long tickMillis() {
    return TimeUnit.NANOSECONDS.toMillis(poller.tick());
  }

  private Map<String, Long> missed() {
    return ledger.counts().missed();
  }

  @Test
  void givesOneSampleForEachPeriodWithTheTimeOfItsCapture() {
    assertThat(tickMillis()).isEqualTo(PERIOD);
    pass(PERIOD + 30); // the timer is late; the next poll is not
    assertThat(tickMillis()).isEqualTo(PERIOD - 30);
    assertThat(samples).extracting(Sample::timeMillis).containsExactly(5_000L, 5_130L);
    assertThat(samples.get(0).asset()).isEqualTo("pump-1");
    assertThat(samples.get(0).clock()).isEqualTo(ClockQuality.UNKNOWN);
    assertThat(missed()).isEmpty();
  }

  @Test
  void countsThePollsThatALongReadTook() {
    pump.behave(
        () -> {
          pass(350);
          return pump.count();
        });
    assertThat(tickMillis()).isZero();
    pump.behave(pump::count);
    assertThat(tickMillis()).isEqualTo(50);
    assertThat(samples).hasSize(2);
    assertThat(missed()).containsExactly(Map.entry("read_running", 2L));
  }

  @Test
  void countsPollsWhileAsManyExchangesAsAllowedAreInFlight() {
    full = true;
    tickMillis();
    assertThat(missed()).containsExactly(Map.entry("in_flight_full", 1L));
    assertThat(pump.reads()).isZero();
  }

  @Test
  void anUnreachableDeviceGivesBadReadingsAndFewerPolls() {
    pump.behave(CountingAsset::failing);
    long[] distances = new long[6];
    for (int i = 0; i < distances.length; i++) {
      distances[i] = tickMillis();
      pass(distances[i]);
    }
    assertThat(distances).containsExactly(200, 400, 800, 1_000, 1_000, 1_000);
    assertThat(samples).hasSize(6);
    assertThat(samples.get(0).readings())
        .containsExactly(new Reading.Failed("count", "no answer", 5_000));
    assertThat(missed()).containsExactly(Map.entry("backing_off", 1L + 3 + 7 + 9 + 9 + 9));
    assertThat(ledger.problems()).hasSize(1);

    pump.behave(pump::count);
    assertThat(tickMillis()).isEqualTo(PERIOD);
    assertThat(ledger.problems()).isEmpty();
  }

  @Test
  void jitterShortensTheDistance() {
    random = 0.5;
    pump.behave(CountingAsset::failing);
    assertThat(tickMillis()).isEqualTo(180);
  }

  @Test
  void anAssetThatThrowsGivesOneBadReadingForEachChannel() {
    pump.behave(
        () -> {
          throw new KuraException(KuraErrorCode.CONNECTION_FAILED);
        });
    tickMillis();
    assertThat(samples.get(0).readings())
        .containsExactly(new Reading.Failed("count", "CONNECTION_FAILED", 5_000));
    pump.behave(
        () -> {
          throw new IllegalStateException("17.5");
        });
    pass(200);
    tickMillis();
    assertThat(samples.get(1).readings())
        .containsExactly(new Reading.Failed("count", "IllegalStateException", 5_200));
  }

  @Test
  void aMissingAssetIsLookedForEveryPeriod() {
    present = Optional.empty();
    assertThat(tickMillis()).isEqualTo(PERIOD);
    pass(PERIOD);
    assertThat(tickMillis()).isEqualTo(PERIOD);
    assertThat(missed()).containsExactly(Map.entry("asset_missing", 2L));
    present = Optional.of(pump);
    pass(40);
    poller.restart();
    assertThat(tickMillis()).isEqualTo(PERIOD);
    assertThat(samples).hasSize(1);
    assertThat(ledger.problems()).isEmpty();
  }

  @Test
  void everyPeriodIsEitherASampleOrCountedAsMissed() {
    Random chance = new Random(11);
    long begin = nanos;
    for (int i = 0; i < 5_000; i++) {
      full = chance.nextInt(5) == 0;
      present = chance.nextInt(7) == 0 ? Optional.empty() : Optional.of(pump);
      boolean slow = chance.nextInt(9) == 0;
      pump.behave(
          () -> {
            pass(slow ? chance.nextInt(1_000) : 0);
            return pump.count();
          });
      nanos += poller.tick();
    }
    long periods = TimeUnit.NANOSECONDS.toMillis(nanos - begin) / PERIOD;
    long accounted = samples.size() + missed().values().stream().mapToLong(Long::longValue).sum();
    assertThat(Math.abs(periods - accounted)).isLessThanOrEqualTo(10);
  }
}
