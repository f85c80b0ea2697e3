// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.simulator;

import java.util.OptionalDouble;

/**
 * A centrifugal pump behind a valve. Every value is a function of the seed and the time alone: two
 * models with the same seed agree at every moment, in whatever order they are asked.
 */
final class PumpModel {

  private static final double VALVE_CLOSES_SECONDS = 60;
  private static final double BEARING_FAILS_SECONDS = 600;
  private static final double DROPOUT_SECONDS = 5;
  private static final double NOMINAL_FLOW = 42;
  private static final double NOMINAL_VALVE = 80;

  private final long seed;
  private final Fault fault;
  private final double faultAfterSeconds;

  PumpModel(long seed, Fault fault, double faultAfterSeconds) {
    this.seed = seed;
    this.fault = fault;
    this.faultAfterSeconds = faultAfterSeconds;
  }

  /**
   * The value of a signal.
   *
   * @param seconds time since the start, at least 0
   * @return empty while the sensor gives nothing
   */
  OptionalDouble value(Signal signal, double seconds) {
    if (signal == Signal.FLOW && dropout(seconds)) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(
        switch (signal) {
          case FLOW -> flow(seconds) + noise(signal, seconds, 0.4);
          case PRESSURE -> pressure(seconds) + noise(signal, seconds, 0.05);
          case VIBRATION -> vibration(seconds) + noise(signal, seconds, 0.15);
          case MOTOR_CURRENT -> current(seconds) + noise(signal, seconds, 0.1);
          case TEMPERATURE -> temperature(seconds) + noise(signal, seconds, 0.1);
          case VALVE_POSITION -> valve(seconds);
          case SINE -> Math.sin(2 * Math.PI * seconds / 60);
          case RAMP -> seconds % 100;
          case COUNTER -> Math.floor(seconds * 10);
          case RANDOM_WALK -> walk(signal, seconds);
        });
  }

  private double valve(double seconds) {
    double open = NOMINAL_VALVE + 2 * Math.sin(seconds / 50);
    return open * (1 - 0.95 * severity(Fault.CLOSING_VALVE, seconds, VALVE_CLOSES_SECONDS));
  }

  private double flow(double seconds) {
    return NOMINAL_FLOW * Math.sqrt(valve(seconds) / NOMINAL_VALVE);
  }

  private double pressure(double seconds) {
    double load = flow(seconds) / NOMINAL_FLOW;
    return 8.5 - 2.5 * load * load;
  }

  private double vibration(double seconds) {
    double wear = wear(seconds);
    return 1.8 + 7 * wear * wear;
  }

  private double current(double seconds) {
    return 12 + 6 * flow(seconds) / NOMINAL_FLOW + 2 * wear(seconds);
  }

  private double temperature(double seconds) {
    return 45 + 2 * walk(Signal.TEMPERATURE, seconds) + 25 * wear(seconds);
  }

  private double wear(double seconds) {
    return severity(Fault.BEARING_WEAR, seconds, BEARING_FAILS_SECONDS);
  }

  private boolean dropout(double seconds) {
    return severity(Fault.SENSOR_DROPOUT, seconds, Double.MIN_VALUE) > 0
        && random(Fault.SENSOR_DROPOUT.name().hashCode(), (long) (seconds / DROPOUT_SECONDS)) < 0.4;
  }

  /** How far a fault has come: 0 before it begins, 1 when complete. */
  private double severity(Fault of, double seconds, double untilComplete) {
    if (fault != of) {
      return 0;
    }
    return Math.max(0, Math.min(1, (seconds - faultAfterSeconds) / untilComplete));
  }

  /** Another number between -amplitude and amplitude in each millisecond. */
  private double noise(Signal signal, double seconds, double amplitude) {
    return amplitude * (2 * random(signal.name().hashCode(), (long) (seconds * 1000)) - 1);
  }

  /** A smooth wander between about -2 and 2: slow waves of random height, faster ones lower. */
  private double walk(Signal signal, double seconds) {
    double sum = 0;
    double height = 1;
    double period = 64;
    for (int octave = 0; octave < 5; octave++) {
      double position = seconds / period;
      long step = (long) Math.floor(position);
      double part = position - step;
      double smooth = part * part * (3 - 2 * part);
      int stream = 31 * signal.name().hashCode() + octave;
      double from = 2 * random(stream, step) - 1;
      double to = 2 * random(stream, step + 1) - 1;
      sum += height * (from + smooth * (to - from));
      height /= 2;
      period /= 2;
    }
    return sum;
  }

  /** A number from 0 to 1 that depends on seed, stream and index only. */
  private double random(int stream, long index) {
    long bits = seed + 0x9E3779B97F4A7C15L * stream + 0xD1B54A32D192ED03L * index;
    bits = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    bits = (bits ^ (bits >>> 27)) * 0x94D049BB133111EBL;
    bits ^= bits >>> 31;
    return (bits >>> 11) * 0x1.0p-53;
  }
}
