// SPDX-License-Identifier: EPL-2.0
package io.kete.data.api;

import java.util.List;
import java.util.Objects;

/**
 * What one poll of one asset gave. A channel that could not be read is a {@link Reading.Failed},
 * never simply absent.
 *
 * @param asset name of the asset; names that begin with {@code kete.} are the gateway's own
 * @param timeMillis capture time in milliseconds since 1970 UTC
 * @param clock how far the capture time can be trusted
 * @param readings in the order of the asset's channels
 * @param lineage one entry for each model that added readings
 */
public record Sample(
    String asset,
    long timeMillis,
    ClockQuality clock,
    List<Reading> readings,
    List<Lineage> lineage) {

  public Sample {
    Objects.requireNonNull(asset, "asset");
    Objects.requireNonNull(clock, "clock");
    readings = List.copyOf(readings);
    lineage = List.copyOf(lineage);
  }

  /** A sample without derived readings. */
  public Sample(String asset, long timeMillis, ClockQuality clock, List<Reading> readings) {
    this(asset, timeMillis, clock, readings, List.of());
  }

  /** The same sample with other readings. */
  public Sample withReadings(List<Reading> others) {
    return new Sample(asset, timeMillis, clock, others, lineage);
  }
}
