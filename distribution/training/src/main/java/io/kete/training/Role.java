// SPDX-License-Identifier: EPL-2.0
package io.kete.training;

/** Inputs of the model, in its order. */
enum Role {
  FLOW("flow", "m3/h", "REFUSE", 0, 100),
  PRESSURE("pressure", "bar", "REFUSE", 5, 1),
  VIBRATION("vibration", "mm/s", "REFUSE", 2, 1),
  CURRENT("current", "A", "HOLD", 30, 5),
  TEMPERATURE("temperature", "Cel", "HOLD", 55, 10);

  private final String label;
  private final String unit;
  private final String missing;
  private final double offset;
  private final double scale;

  Role(String label, String unit, String missing, double offset, double scale) {
    this.label = label;
    this.unit = unit;
    this.missing = missing;
    this.offset = offset;
    this.scale = scale;
  }

  String label() {
    return label;
  }

  String unit() {
    return unit;
  }

  String missing() {
    return missing;
  }

  double offset() {
    return offset;
  }

  double scale() {
    return scale;
  }

  /** What the sensor of this role shows. */
  double of(State state) {
    return switch (this) {
      case FLOW -> state.flow();
      case PRESSURE -> state.pressure();
      case VIBRATION -> state.vibration();
      case CURRENT -> state.current();
      case TEMPERATURE -> state.temperature();
    };
  }

  double scaled(double value) {
    return (value - offset) / scale;
  }
}
