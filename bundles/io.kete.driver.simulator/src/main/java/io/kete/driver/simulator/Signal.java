// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.simulator;

import java.util.Locale;
import java.util.Optional;

/** What can be measured on the pump, and a few plain test signals. */
enum Signal {
  FLOW("m3/h"),
  PRESSURE("bar"),
  VIBRATION("mm/s"),
  MOTOR_CURRENT("A"),
  TEMPERATURE("Cel"),
  VALVE_POSITION("%"),
  SINE("-1 to 1, period 60 s"),
  RAMP("0 to 100 in 100 s, then again"),
  COUNTER("tenths of a second since the start"),
  RANDOM_WALK("wanders around 0");

  private final String meaning;

  Signal(String meaning) {
    this.meaning = meaning;
  }

  /** The name in a channel's configuration, for instance {@code motor.current}. */
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '.');
  }

  /** Unit or meaning, for people. */
  String meaning() {
    return meaning;
  }

  static Optional<Signal> of(String key) {
    for (Signal signal : values()) {
      if (signal.key().equals(key)) {
        return Optional.of(signal);
      }
    }
    return Optional.empty();
  }
}
