// SPDX-License-Identifier: EPL-2.0
package io.kete.training;

import io.kete.training.State.Fault;
import java.util.Random;

/**
 * Generates what a centrifugal pump shows, one state each second. Each seed is a pump of its own,
 * with the tolerances that pumps of one type have. Only exact or strict arithmetic is used, so that
 * every machine generates the same bits.
 */
final class PumpGenerator {

  private static final int DAY_SECONDS = 565;
  private static final int PAUSE_EVERY = 300;
  private static final int PAUSE_SECONDS = 8;

  private final Random random;
  private final boolean pauses;
  private final int phase;
  private final double curve;
  private final double shutOff;
  private final double noLoad;
  private final double calm;
  private final double ambient;
  private int second;
  private double temperature;

  PumpGenerator(long seed, boolean pauses) {
    this.random = new Random(seed);
    this.pauses = pauses;
    phase = random.nextInt(DAY_SECONDS);
    curve = 0.00016 * (1 + 0.01 * random.nextGaussian());
    shutOff = 6.4 + 0.02 * random.nextGaussian();
    noLoad = 14 + 0.1 * random.nextGaussian();
    calm = 2.1 + 0.05 * random.nextGaussian();
    ambient = 25 + 3 * random.nextDouble();
    temperature = 38 + 20 * random.nextDouble();
  }

  /** The next second of a sound pump. */
  State next() {
    return next(Fault.NONE, 0);
  }

  /**
   * The next second.
   *
   * @param severity 0 for not yet there, 1 for about to fail
   */
  State next(Fault fault, double severity) {
    second++;
    boolean running = !pauses || (second + phase) % PAUSE_EVERY >= PAUSE_SECONDS;
    double day = 2 * Math.PI * ((second + phase) % DAY_SECONDS) / DAY_SECONDS;
    double demand = 0.75 + 0.2 * StrictMath.sin(day) + 0.02 * random.nextGaussian();
    double flow = running ? 120 * demand : 0;
    double pressure = running ? shutOff - curve * flow * flow : 1.1 + 0.005 * random.nextGaussian();
    double vibration = running ? calm + 0.25 * Math.abs(random.nextGaussian()) : 0.05;
    double current = running ? noLoad + 22 * demand : 0.2;
    double warmth = running ? ambient + 13 + 30 * demand : ambient;
    temperature += (warmth - temperature) * 0.004;
    State sound =
        new State(
            flow,
            pressure + 0.012 * random.nextGaussian(),
            vibration,
            current + 0.05 * random.nextGaussian(),
            temperature + 0.06 * random.nextGaussian(),
            Fault.NONE);
    return running ? spoiled(sound, fault, severity) : sound;
  }

  private static State spoiled(State sound, Fault fault, double severity) {
    double pressure = 0;
    double vibration = 0;
    double current = 0;
    double temperature = 0;
    switch (fault) {
      case NONE -> {}
      case BEARING -> {
        vibration = 7 * severity;
        temperature = 25 * severity;
      }
      case CAVITATION -> {
        pressure = -1.5 * severity;
        vibration = 1.5 * severity;
      }
      case WORN_IMPELLER -> pressure = -1.5 * severity;
      case WINDING -> {
        current = 8 * severity;
        temperature = 15 * severity;
      }
    }
    return new State(
        sound.flow(),
        sound.pressure() + pressure,
        sound.vibration() + vibration,
        sound.current() + current,
        sound.temperature() + temperature,
        fault);
  }
}
