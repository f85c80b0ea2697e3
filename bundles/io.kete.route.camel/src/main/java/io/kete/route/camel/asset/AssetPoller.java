// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.asset;

import io.kete.data.api.Quality;
import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import io.kete.route.camel.ledger.RouteLedger;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.eclipse.kura.asset.Asset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides at each tick whether the asset is read, and when the next tick is due. Ticks are at a
 * fixed rate; each due poll is either a sample or counted as missed. While every channel is BAD the
 * distance of the polls doubles, with jitter, up to a maximum. For one thread.
 */
final class AssetPoller {
  static final String IN_FLIGHT_FULL = "in_flight_full";
  static final String READ_RUNNING = "read_running";
  static final String ASSET_MISSING = "asset_missing";
  static final String NO_CHANNELS = "no_channels";
  static final String BACKING_OFF = "backing_off";

  private static final Logger logger = LoggerFactory.getLogger(AssetPoller.class);
  private static final double JITTER = 0.2;
  private static final int MAX_DOUBLINGS = 30;

  /**
   * What a poller needs from around it.
   *
   * @param asset the asset at present
   * @param full whether as many exchanges as allowed are in flight
   * @param sink takes a sample into the route
   * @param nanoTime monotonic time
   * @param random evenly from 0 to 1, for the jitter
   */
  record Surroundings(
      Supplier<Optional<Asset>> asset,
      BooleanSupplier full,
      Consumer<Sample> sink,
      LongSupplier nanoTime,
      DoubleSupplier random) {}

  private final AssetSettings settings;
  private final Surroundings around;
  private final CaptureClock clock;
  private final RouteLedger ledger;
  private final long period;
  private long due;
  private int failures;
  private boolean lost;

  AssetPoller(AssetSettings settings, Surroundings around, CaptureClock clock, RouteLedger ledger) {
    this.settings = settings;
    this.around = around;
    this.clock = clock;
    this.ledger = ledger;
    this.period = TimeUnit.MILLISECONDS.toNanos(settings.periodMillis());
    restart();
  }

  /** Makes the next poll due now, for instance because the asset came back. */
  void restart() {
    due = around.nanoTime.getAsLong();
    failures = 0;
  }

  /** Makes the poll that is due; gives the nanoseconds to the next one. */
  long tick() {
    long now = around.nanoTime.getAsLong();
    long late = (now - due) / period;
    if (late > 0) {
      ledger.miss(READ_RUNNING, late);
      due += late * period;
    }
    poll();
    due += distance();
    return Math.max(0, due - around.nanoTime.getAsLong());
  }

  private void poll() {
    if (around.full.getAsBoolean()) {
      ledger.miss(IN_FLIGHT_FULL, 1);
      return;
    }
    Optional<Asset> asset = around.asset.get();
    if (asset.isEmpty()) {
      ledger.miss(ASSET_MISSING, 1);
      failures = 0;
      lose(
          ASSET_MISSING,
          "there is no asset " + settings.asset() + "; configure it or correct the route");
      return;
    }
    long time = clock.millis();
    List<Reading> readings = AssetReader.read(asset.get(), time);
    if (readings.isEmpty()) {
      ledger.miss(NO_CHANNELS, 1);
      lose(
          NO_CHANNELS,
          "asset " + settings.asset() + " has no channel to read; configure its channels");
      return;
    }
    judge(readings);
    around.sink.accept(new Sample(settings.asset(), time, clock.quality(), readings));
  }

  private void judge(List<Reading> readings) {
    for (Reading reading : readings) {
      if (reading.quality() != Quality.BAD) {
        find();
        return;
      }
    }
    failures = Math.min(failures + 1, MAX_DOUBLINGS);
    lose(
        readings.get(0).reason(),
        "no channel of asset "
            + settings.asset()
            + " can be read; check the device and its connection");
  }

  private void lose(String reason, String problem) {
    ledger.raise(problemKey(), problem);
    if (!lost) {
      lost = true;
      logger.warn("asset_lost asset={} reason={}", settings.asset(), reason);
    }
  }

  private void find() {
    failures = 0;
    if (lost) {
      lost = false;
      ledger.clear(problemKey());
      logger.info("asset_found asset={}", settings.asset());
    }
  }

  /** The key under which the ledger holds the problem of this asset. */
  String problemKey() {
    return "asset." + settings.asset();
  }

  private long distance() {
    if (failures == 0) {
      return period;
    }
    double most = TimeUnit.MILLISECONDS.toNanos(settings.backoffMaxMillis());
    double wanted = Math.min(period * Math.pow(2, failures), most);
    long distance = Math.max(period, (long) (wanted * (1 - JITTER * around.random.getAsDouble())));
    long skipped = distance / period - 1;
    if (skipped > 0) {
      ledger.miss(BACKING_OFF, skipped);
    }
    return distance;
  }
}
