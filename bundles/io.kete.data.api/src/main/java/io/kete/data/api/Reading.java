// SPDX-License-Identifier: EPL-2.0
package io.kete.data.api;

import java.util.Objects;
import org.eclipse.kura.type.TypedValue;

/** What one channel gave at one time: a value, or the reason why there is none. */
public sealed interface Reading {

  /** Name of the channel, unique within its asset. */
  String channel();

  /** Time of the reading at its source, in milliseconds since 1970 UTC. */
  long timeMillis();

  /** How far the reading can be trusted. */
  Quality quality();

  /** Why the quality is not GOOD; empty when it is. Never contains a value. */
  String reason();

  /**
   * A reading with a value.
   *
   * @param unit unit of the value as configured, empty when it has none
   * @param quality GOOD or UNCERTAIN
   */
  record Measured(
      String channel,
      TypedValue<?> value,
      String unit,
      Quality quality,
      String reason,
      long timeMillis)
      implements Reading {

    public Measured {
      Objects.requireNonNull(channel, "channel");
      Objects.requireNonNull(value, "value");
      Objects.requireNonNull(unit, "unit");
      Objects.requireNonNull(reason, "reason");
      if (quality == Quality.BAD) {
        throw new IllegalArgumentException("a BAD reading has no value: channel " + channel);
      }
    }

    /** A GOOD reading. */
    public static Measured good(String channel, TypedValue<?> value, String unit, long timeMillis) {
      return new Measured(channel, value, unit, Quality.GOOD, "", timeMillis);
    }

    /** The same value, marked UNCERTAIN. */
    public Measured uncertain(String why) {
      return new Measured(channel, value, unit, Quality.UNCERTAIN, why, timeMillis);
    }

    /** Channel and quality only: a value may be sensitive and must not reach a log by accident. */
    @Override
    public String toString() {
      return "Measured[" + channel + ", " + quality + "]";
    }
  }

  /** A reading that could not be made; its quality is BAD. */
  record Failed(String channel, String reason, long timeMillis) implements Reading {

    public Failed {
      Objects.requireNonNull(channel, "channel");
      Objects.requireNonNull(reason, "reason");
    }

    @Override
    public Quality quality() {
      return Quality.BAD;
    }
  }
}
