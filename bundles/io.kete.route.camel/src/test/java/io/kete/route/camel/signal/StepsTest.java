// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kete.data.api.ClockQuality;
import io.kete.data.api.Quality;
import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import io.kete.route.camel.option.ChannelPattern;
import io.kete.route.camel.option.Options;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.Test;

class StepsTest {
  private static Options options(String query) {
    Map<String, Object> given = new HashMap<>();
    for (String pair : query.split("&", -1)) {
      given.put(pair.replaceFirst("=.*", ""), pair.replaceFirst("[^=]*=", ""));
    }
    return new Options("signal:x", given);
  }

  private static Reading good(String channel, Object value) {
    TypedValue<?> typed = TypedValues.newTypedValue(value);
    return Reading.Measured.good(channel, typed, "", 0);
  }

  private static Sample sample(long time, Reading... readings) {
    return new Sample("pump-1", time, ClockQuality.UNKNOWN, List.of(readings));
  }

  private static DeadbandStep deadband(String query) {
    Options options = options(query);
    ChannelPattern channels = new ChannelPattern(options.text("channel", "*"));
    DeadbandStep.Bound bound = DeadbandStep.parse(options);
    options.finish();
    return new DeadbandStep(channels, bound);
  }

  private static int passed(SignalStep step, long time, Reading reading) {
    return step.apply(sample(time, reading)).size();
  }

  @Test
  void rangeMarksNumbersOutsideAndLeavesTheRest() {
    SignalStep range = RangeStep.parse(options("channel=flow&min=0&max=10"));
    Sample inside = sample(1, good("flow", 10), good("other", 99), good("flow", "text"));
    assertThat(range.apply(inside)).isSameAs(inside.readings());

    List<Reading> marked =
        range.apply(
            sample(
                1,
                good("flow", -1),
                good("flow", 11.5),
                good("flow", Double.NaN),
                good("flow", 5)));
    assertThat(marked)
        .extracting(Reading::quality)
        .containsExactly(Quality.UNCERTAIN, Quality.UNCERTAIN, Quality.UNCERTAIN, Quality.GOOD);
    assertThat(marked)
        .extracting(Reading::reason)
        .containsExactly("below range", "above range", "not a number", "");
  }

  @Test
  void rangeDropsWhenAsked() {
    SignalStep range = RangeStep.parse(options("max=10&action=drop"));
    Reading failed = new Reading.Failed("flow", "no answer", 0);
    Reading kept = good("flow", 10L);
    assertThat(range.apply(sample(1, good("flow", 11), failed, kept)))
        .containsExactly(failed, kept);
  }

  @Test
  void contradictionsAreRefused() {
    assertThatThrownBy(() -> RangeStep.parse(options("channel=a")))
        .hasMessageContaining("min, max or both");
    assertThatThrownBy(() -> RangeStep.parse(options("min=2&max=1")))
        .hasMessageContaining("above its max");
    assertThatThrownBy(() -> deadband("channel=a")).hasMessageContaining("delta, percent or both");
  }

  @Test
  void qualityTakesOutWhatIsWorse() {
    Reading good = good("a", 1);
    Reading doubtful = ((Reading.Measured) good).uncertain("old");
    Reading failed = new Reading.Failed("a", "no answer", 0);
    Sample all = sample(1, good, doubtful, failed);
    assertThat(QualityStep.parse(options("min=good")).apply(all)).containsExactly(good);
    assertThat(QualityStep.parse(options("min=uncertain")).apply(all))
        .containsExactly(good, doubtful);
    assertThat(QualityStep.parse(options("channel=b")).apply(all)).isSameAs(all.readings());
  }

  @Test
  void deadbandPassesFirstValueChangesOfQualityAndTypeAndEveryFailure() {
    SignalStep step = deadband("delta=5");
    Reading one = good("a", 1.0);
    assertThat(passed(step, 0, one)).isOne();
    assertThat(passed(step, 1, good("a", 6.0))).isZero();
    assertThat(passed(step, 1, good("a", 6.1))).isOne();
    assertThat(passed(step, 2, ((Reading.Measured) one).uncertain("old"))).isOne();
    assertThat(passed(step, 3, ((Reading.Measured) one).uncertain("older"))).isZero();
    assertThat(passed(step, 4, one)).isOne();
    assertThat(passed(step, 5, new Reading.Failed("a", "x", 0))).isOne();
    assertThat(passed(step, 6, new Reading.Failed("a", "x", 0))).isOne();
    assertThat(passed(step, 7, one)).isOne();
    assertThat(passed(step, 8, good("a", 1))).isOne();
    assertThat(passed(step, 9, good("b", 1))).isOne();
  }

  @Test
  void deadbandPassesAfterTheLongestSilence() {
    SignalStep step = deadband("delta=5&max.silence=100");
    assertThat(passed(step, 0, good("a", 1))).isOne();
    assertThat(passed(step, 99, good("a", 1))).isZero();
    assertThat(passed(step, 100, good("a", 1))).isOne();
    assertThat(passed(step, 199, good("a", 1))).isZero();
  }

  @Test
  void deadbandHoldsAroundZeroToo() {
    SignalStep step = deadband("delta=1");
    assertThat(passed(step, 0, good("a", 0))).isOne();
    assertThat(passed(step, 1, good("a", 1))).isZero();
    assertThat(passed(step, 2, good("a", 2))).isOne();
    SignalStep share = deadband("percent=10");
    assertThat(passed(share, 0, good("a", 0))).isOne();
    assertThat(passed(share, 1, good("a", 0))).isZero();
    assertThat(passed(share, 2, good("a", 1))).isOne();
  }

  @Test
  void deadbandOnTextPassesOnlyChanges() {
    SignalStep step = deadband("delta=0");
    assertThat(passed(step, 0, good("a", "on"))).isOne();
    assertThat(passed(step, 1, good("a", "on"))).isZero();
    assertThat(passed(step, 2, good("a", "off"))).isOne();
  }

  @Test
  void deadbandSubtractsGreatWholeNumbersExactly() {
    SignalStep step = deadband("delta=0");
    long great = (1L << 60) + 1;
    assertThat(passed(step, 0, good("a", great))).isOne();
    assertThat(passed(step, 1, good("a", great + 1))).isOne();
    assertThat(passed(step, 2, good("a", great + 1))).isZero();
    assertThat(passed(step, 3, good("a", Long.MIN_VALUE))).isOne();
    assertThat(passed(step, 4, good("a", Long.MAX_VALUE))).isOne();
  }

  @Test
  void everyRemovedValueIsWithinTheBoundOfTheLastOneThatPassed() {
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      double delta = random.nextDouble() * 3;
      double percent = random.nextDouble() * 50;
      boolean relative = random.nextBoolean();
      SignalStep step =
          deadband("max.silence=0&delta=" + delta + (relative ? "&percent=" + percent : ""));
      double value = 0;
      double last = 0;
      List<Double> removed = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        value = random.nextInt(100) == 0 ? special(random) : value + random.nextGaussian();
        if (passed(step, i, good("a", value)) == 1) {
          last = value;
        } else {
          removed.add(value);
          boolean equal = Double.compare(value, last) == 0;
          assertThat(equal || Math.abs(value - last) <= delta).isTrue();
          assertThat(equal || !relative || Math.abs(value - last) <= percent / 100 * Math.abs(last))
              .isTrue();
        }
        value = Double.isFinite(value) ? value : 0;
      }
      assertThat(delta < 0.5 || relative || !removed.isEmpty()).isTrue();
    }
  }

  private static double special(Random random) {
    double[] values = {
      Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE
    };
    return values[random.nextInt(values.length)];
  }

  @Test
  void aStepIsClaimedOnceAndForgottenWithItsRoute() {
    StepPool pool = new StepPool();
    SignalStep known = deadband("delta=1");
    SignalStep fresh = deadband("delta=2");
    pool.rest("pump", "signal:deadband", known);
    assertThat(pool.claim("other", "signal:deadband", () -> fresh)).isSameAs(fresh);
    assertThat(pool.claim("pump", "signal:deadband", () -> fresh)).isSameAs(known);
    assertThat(pool.claim("pump", "signal:deadband", () -> fresh)).isSameAs(fresh);
    pool.rest("pump", "signal:deadband", known);
    pool.forget("pump");
    assertThat(pool.claim("pump", "signal:deadband", () -> fresh)).isSameAs(fresh);
  }
}
