// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.signal;

import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import io.kete.route.camel.option.ChannelPattern;
import io.kete.route.camel.option.Options;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Marks or takes out numbers outside a range; both bounds are inside. NaN is outside every range.
 * Readings without a number pass.
 *
 * @param drop take out instead of marking
 */
record RangeStep(ChannelPattern channels, double min, double max, boolean drop)
    implements SignalStep {

  static RangeStep parse(Options options) {
    ChannelPattern channels = new ChannelPattern(options.text("channel", "*"));
    OptionalDouble min = options.number("min");
    OptionalDouble max = options.number("max");
    boolean drop = options.oneOf("action", List.of("mark", "drop"), "mark").equals("drop");
    options.finish();
    if (min.isEmpty() && max.isEmpty()) {
      throw options.contradiction("needs min, max or both");
    }
    double least = min.orElse(Double.NEGATIVE_INFINITY);
    double most = max.orElse(Double.POSITIVE_INFINITY);
    if (least > most) {
      throw options.contradiction("has a min that is above its max");
    }
    return new RangeStep(channels, least, most, drop);
  }

  @Override
  public List<Reading> apply(Sample sample) {
    return Readings.through(sample.readings(), this::check);
  }

  private @Nullable Reading check(Reading reading) {
    if (!(reading instanceof Reading.Measured measured)
        || !(measured.value().getValue() instanceof Number number)
        || !channels.test(measured.channel())) {
      return reading;
    }
    double value = number.doubleValue();
    if (value >= min && value <= max) {
      return reading;
    }
    if (drop) {
      return null;
    }
    return measured.uncertain(
        value < min ? "below range" : value > max ? "above range" : "not a number");
  }
}
