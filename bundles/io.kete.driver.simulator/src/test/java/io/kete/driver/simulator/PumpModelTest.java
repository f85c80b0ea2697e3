// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PumpModelTest {

  private final PumpModel healthy = new PumpModel(7, Fault.NONE, 0);

  @ParameterizedTest
  @EnumSource(Signal.class)
  void dependsOnSeedAndTimeOnly(Signal signal) {
    PumpModel twin = new PumpModel(7, Fault.NONE, 0);
    for (int i = 500; i >= 0; i--) {
      assertThat(twin.value(signal, i * 0.37)).isEqualTo(healthy.value(signal, i * 0.37));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "FLOW, 40, 44",
    "PRESSURE, 5.8, 6.3",
    "VIBRATION, 1.6, 2",
    "MOTOR_CURRENT, 17.6, 18.4",
    "TEMPERATURE, 41, 49.2",
    "VALVE_POSITION, 78, 82",
    "SINE, -1, 1",
    "RAMP, 0, 100",
    "RANDOM_WALK, -2, 2",
  })
  void staysInItsRange(Signal signal, double min, double max) {
    assertThat(IntStream.range(0, 10_000).mapToDouble(i -> at(healthy, signal, i * 0.7)))
        .allMatch(value -> value >= min && value <= max);
  }

  @Test
  void differsWithTheSeed() {
    PumpModel other = new PumpModel(8, Fault.NONE, 0);
    assertThat(at(other, Signal.FLOW, 5)).isNotEqualTo(at(healthy, Signal.FLOW, 5));
  }

  @Test
  void countsTenthsOfASecond() {
    assertThat(at(healthy, Signal.COUNTER, 12.34)).isEqualTo(123);
  }

  @Test
  void closingValveStopsTheFlowAndRaisesThePressure() {
    PumpModel faulty = new PumpModel(7, Fault.CLOSING_VALVE, 100);
    assertThat(at(faulty, Signal.FLOW, 99)).isEqualTo(at(healthy, Signal.FLOW, 99));
    assertThat(at(faulty, Signal.VALVE_POSITION, 160)).isLessThan(5);
    assertThat(at(faulty, Signal.FLOW, 160)).isLessThan(15);
    assertThat(at(faulty, Signal.PRESSURE, 160)).isGreaterThan(8);
  }

  @Test
  void bearingWearShakesAndHeatsThePump() {
    PumpModel faulty = new PumpModel(7, Fault.BEARING_WEAR, 0);
    assertThat(at(faulty, Signal.VIBRATION, 300)).isBetween(3.0, 4.0);
    assertThat(at(faulty, Signal.VIBRATION, 600)).isGreaterThan(8);
    assertThat(at(faulty, Signal.TEMPERATURE, 600)).isGreaterThan(64);
  }

  @Test
  void sensorDropoutTakesTheFlowAwayForAWhile() {
    PumpModel faulty = new PumpModel(7, Fault.SENSOR_DROPOUT, 10);
    long missing =
        IntStream.range(0, 200).filter(i -> faulty.value(Signal.FLOW, 10 + i).isEmpty()).count();
    assertThat(missing).isBetween(40L, 120L);
    assertThat(faulty.value(Signal.FLOW, 9)).isPresent();
    assertThat(faulty.value(Signal.PRESSURE, 50)).isPresent();
  }

  private static double at(PumpModel model, Signal signal, double seconds) {
    return model.value(signal, seconds).orElseThrow();
  }
}
