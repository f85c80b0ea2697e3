// SPDX-License-Identifier: EPL-2.0
package io.kete.demo.centre;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.demo.plant.Truth.Served;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final Map<String, Double> BANDS = Map.of("current", 0.5);

  private static Served served(long serial, double flow, double current) {
    return new Served(1_000 + serial, Map.of("serial", serial, "flow", flow, "current", current));
  }

  private static Received received(long seq, Object... namesAndValues) {
    Map<String, Object> values = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return new Received(
        seq,
        1_000 + seq,
        "pump-1",
        values,
        values.containsKey("serial") ? Map.of() : Map.of("serial", "BAD: busy"),
        List.of());
  }

  private static final List<Served> THREE =
      List.of(served(1, 5, 1.0), served(2, 6, 1.5), served(3, 7, 1.25));

  private static List<Received> three() {
    return new ArrayList<>(
        List.of(
            received(1, "serial", 1L, "flow", 5.0, "current", 1.0),
            received(2, "serial", 2L, "flow", 6.0),
            received(3, "serial", 3L, "flow", 7.0)));
  }

  private static Comparison.Result of(List<Received> received) {
    return Comparison.of(THREE, received, BANDS);
  }

  @Test
  void holdsWhenEverythingArrivedOrStayedWithinItsBand() {
    Comparison.Result result = of(three());
    assertThat(result.holds()).isTrue();
    assertThat(result.exact()).isEqualTo(3);
    assertThat(result.values()).isEqualTo(7);
    assertThat(result.suppressed()).isEqualTo(2);
    assertThat(result.largestError()).containsEntry("current", 0.5);
    assertThat(result.largestDelayMillis()).isZero();
  }

  @Test
  void countsSamplesWithoutAState() {
    List<Received> samples = three();
    samples.add(received(4));
    assertThat(of(samples).holds()).isTrue();
    assertThat(of(samples).unread()).isEqualTo(1);
  }

  @Test
  void failsForOneMissingState() {
    List<Received> samples = three();
    samples.remove(1);
    assertThat(of(samples).holds()).isFalse();
    assertThat(of(samples).missing()).isEqualTo(1);
  }

  @Test
  void failsForTheLastStateMissing() {
    assertThat(of(three().subList(0, 2)).missing()).isEqualTo(1);
    assertThat(of(List.of()).holds()).isFalse();
  }

  @Test
  void failsForAStateThatCameTwiceOrOutOfOrder() {
    List<Received> twice = three();
    twice.add(received(4, "serial", 3L, "flow", 7.0, "current", 1.25));
    assertThat(of(twice).holds()).isFalse();

    List<Received> swapped = List.of(three().get(0), three().get(2), three().get(1));
    assertThat(of(swapped).holds()).isFalse();
  }

  @Test
  void failsForTheSlightestDifference() {
    List<Received> samples = three();
    samples.set(1, received(2, "serial", 2L, "flow", Math.nextUp(6.0)));
    assertThat(of(samples).differences()).anyMatch(text -> text.contains("flow"));
    assertThat(of(samples).holds()).isFalse();
  }

  @Test
  void failsForAValueHeldBackBeyondItsBand() {
    List<Served> served = List.of(served(1, 5, 1.0), served(2, 6, 1.5000001));
    Comparison.Result result = Comparison.of(served, three().subList(0, 2), BANDS);
    assertThat(result.holds()).isFalse();
  }

  @Test
  void failsForAMissingValueWithoutABand() {
    List<Received> samples = three();
    samples.set(2, received(3, "serial", 3L, "current", 1.25));
    assertThat(of(samples).differences()).anyMatch(text -> text.contains("flow is missing"));
  }

  @Test
  void failsForAValueNobodyServed() {
    List<Received> samples = three();
    samples.set(2, received(3, "serial", 3L, "flow", 7.0, "ghost", 1L));
    assertThat(of(samples).holds()).isFalse();
  }
}
