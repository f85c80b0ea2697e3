// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.signal;

import io.kete.data.api.Quality;
import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import io.kete.route.camel.option.ChannelPattern;
import io.kete.route.camel.option.Options;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.eclipse.kura.type.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * Takes out a reading that differs from the last one let through by no more than the declared
 * bound. What always passes: the first reading of a channel, a change of quality or type, a BAD
 * reading, and any reading after the longest silence. Values that are not numbers are taken out
 * only when they are equal.
 */
final class DeadbandStep implements SignalStep {

  /**
   * The declared bound.
   *
   * @param delta greatest difference
   * @param fraction greatest difference as a part of the last value let through
   * @param silenceMillis longest time without a reading of a channel; 0 is for ever
   */
  record Bound(double delta, double fraction, long silenceMillis) {}

  private static final long EXACT = 1L << 53;

  private record Last(Quality quality, @Nullable TypedValue<?> value, long timeMillis) {}

  private final ChannelPattern channels;
  private final Bound bound;
  private final Map<String, Map<String, Last>> lastsByAsset = new HashMap<>();

  DeadbandStep(ChannelPattern channels, Bound bound) {
    this.channels = channels;
    this.bound = bound;
  }

  /** Checks the options once; each call of the result gives a step without a memory. */
  static Bound parse(Options options) {
    OptionalDouble delta = options.size("delta");
    OptionalDouble percent = options.size("percent");
    int silence = options.whole("max.silence", 0, Integer.MAX_VALUE, 60_000);
    if (delta.isEmpty() && percent.isEmpty()) {
      throw options.contradiction("needs delta, percent or both");
    }
    return new Bound(
        delta.orElse(Double.POSITIVE_INFINITY),
        percent.isPresent() ? percent.getAsDouble() / 100 : Double.POSITIVE_INFINITY,
        silence);
  }

  @Override
  public List<Reading> apply(Sample sample) {
    long now = sample.timeMillis();
    Map<String, Last> lasts =
        lastsByAsset.computeIfAbsent(sample.asset(), asset -> new HashMap<>());
    return Readings.through(
        sample.readings(),
        reading ->
            !channels.test(reading.channel()) || passes(reading, lasts, now) ? reading : null);
  }

  private boolean passes(Reading reading, Map<String, Last> lasts, long now) {
    TypedValue<?> value = reading instanceof Reading.Measured measured ? measured.value() : null;
    Last last = lasts.get(reading.channel());
    if (last != null && value != null && last.value() != null && isQuiet(reading, last, now)) {
      if (isNear(value, last.value())) {
        return false;
      }
    }
    lasts.put(reading.channel(), new Last(reading.quality(), value, now));
    return true;
  }

  private boolean isQuiet(Reading reading, Last last, long now) {
    return reading.quality() == last.quality()
        && (bound.silenceMillis() == 0 || now - last.timeMillis() < bound.silenceMillis());
  }

  private boolean isNear(TypedValue<?> value, TypedValue<?> before) {
    if (value.getType() != before.getType()) {
      return false;
    }
    if (value.getValue() instanceof Number number && before.getValue() instanceof Number last) {
      double distance = distance(number, last);
      return distance <= bound.delta() && distance <= share(last);
    }
    return Objects.deepEquals(value.getValue(), before.getValue());
  }

  /** Without a fraction there is no bound, not even around zero. */
  private double share(Number last) {
    return Double.isInfinite(bound.fraction())
        ? Double.POSITIVE_INFINITY
        : bound.fraction() * Math.abs(last.doubleValue());
  }

  /**
   * Never too small: beyond 2^53 whole numbers are subtracted as such. Two NaN are equal, one NaN
   * is infinitely far.
   */
  private static double distance(Number a, Number b) {
    if (a instanceof Long first && b instanceof Long second) {
      long distance = Math.abs(first - second);
      boolean overflow = ((first ^ second) & (first ^ (first - second))) < 0 || distance < 0;
      double rounded = distance <= EXACT ? distance : Math.nextUp((double) distance);
      return overflow ? Double.POSITIVE_INFINITY : rounded;
    }
    double first = a.doubleValue();
    double second = b.doubleValue();
    if (Double.compare(first, second) == 0 || first == second) {
      return 0;
    }
    double distance = Math.abs(first - second);
    return Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance;
  }
}
