// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.signal;

import io.kete.data.api.Quality;
import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import io.kete.route.camel.option.ChannelPattern;
import io.kete.route.camel.option.Options;
import java.util.List;

/** Takes out readings whose quality is less than wanted. */
record QualityStep(ChannelPattern channels, Quality worst) implements SignalStep {

  static QualityStep parse(Options options) {
    ChannelPattern channels = new ChannelPattern(options.text("channel", "*"));
    boolean uncertain =
        options.oneOf("min", List.of("good", "uncertain"), "good").equals("uncertain");
    options.finish();
    return new QualityStep(channels, uncertain ? Quality.UNCERTAIN : Quality.GOOD);
  }

  @Override
  public List<Reading> apply(Sample sample) {
    return Readings.through(
        sample.readings(),
        reading ->
            reading.quality().compareTo(worst) > 0 && channels.test(reading.channel())
                ? null
                : reading);
  }
}
