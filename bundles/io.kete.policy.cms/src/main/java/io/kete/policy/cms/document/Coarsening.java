// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms.document;

import io.kete.data.api.Reading;
import io.kete.data.api.Reading.Failed;
import io.kete.data.api.Reading.Measured;
import java.util.List;
import java.util.Optional;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;

/**
 * Takes precision away from a reading.
 *
 * @param round step the value is rounded to, 0 for none
 * @param buckets ascending lower limits; a value becomes the limit it lies above or at, a lower one
 *     becomes the first limit; empty for none
 * @param timeMillis step the time is cut down to, 0 for none
 */
public record Coarsening(double round, List<Double> buckets, long timeMillis) {

  static final String NOT_A_NUMBER = "withheld: not a number, cannot be coarsened";

  public Coarsening {
    buckets = List.copyOf(buckets);
  }

  /** The coarse reading; a value that cannot be made coarse is withheld. */
  public Reading apply(Reading reading) {
    long time = time(reading.timeMillis());
    if (!(reading instanceof Measured measured)) {
      return new Failed(reading.channel(), reading.reason(), time);
    }
    Optional<TypedValue<?>> value = value(measured.value());
    if (value.isEmpty()) {
      return new Failed(measured.channel(), NOT_A_NUMBER, time);
    }
    return new Measured(
        measured.channel(),
        value.get(),
        measured.unit(),
        measured.quality(),
        measured.reason(),
        time);
  }

  /** The time cut down to its step. */
  public long time(long exact) {
    return timeMillis == 0 ? exact : Math.floorDiv(exact, timeMillis) * timeMillis;
  }

  private Optional<TypedValue<?>> value(TypedValue<?> exact) {
    if (round == 0 && buckets.isEmpty()) {
      return Optional.of(exact);
    }
    Object value = exact.getValue();
    if (value instanceof Integer number) {
      return Optional.of(
          TypedValues.newIntegerValue(
              (int) clamp(coarse(number), Integer.MIN_VALUE, Integer.MAX_VALUE)));
    } else if (value instanceof Long number) {
      return Optional.of(TypedValues.newLongValue((long) coarse(number)));
    } else if (value instanceof Float number) {
      return Optional.of(TypedValues.newFloatValue((float) coarse(number)));
    } else if (value instanceof Double number) {
      return Optional.of(TypedValues.newDoubleValue(coarse(number)));
    }
    return Optional.empty();
  }

  private static double clamp(double value, double low, double high) {
    return Math.max(low, Math.min(high, value));
  }

  private double coarse(double exact) {
    if (Double.isNaN(exact)) {
      return exact;
    }
    double stepped = round == 0 ? exact : Math.rint(exact / round) * round;
    if (buckets.isEmpty()) {
      return stepped;
    }
    double limit = buckets.get(0);
    for (double next : buckets) {
      if (next > stepped) {
        break;
      }
      limit = next;
    }
    return limit;
  }
}
