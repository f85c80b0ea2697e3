// SPDX-License-Identifier: EPL-2.0
package io.kete.demo.plant;

import java.util.Locale;
import java.util.Random;

/**
 * A centrifugal pump on a municipal line: demand swings, pressure falls with flow, the bearing
 * warms up slowly, and now and then it shakes. The same seed always gives the same pump.
 */
public final class PumpModel {

  private static final int SHIFT = 400;
  private static final int RECIPE = 150;
  private static final int HOUR = 250;
  private static final int SHAKE_EVERY = 180;
  private static final int SHAKE_LENGTH = 12;
  private static final int PAUSE_EVERY = 300;
  private static final int PAUSE_LENGTH = 8;

  private final Random random;
  private final int phase;
  private long serial;
  private long hours;
  private double temperature = 41;
  private int setpoint;
  private String operator;

  /** A pump of its own for each seed. */
  public PumpModel(long seed) {
    random = new Random(seed);
    phase = random.nextInt(SHAKE_EVERY);
    hours = 12_000L + random.nextInt(5_000);
    setpoint = recipe();
    operator = badge();
  }

  /** The state after the last one. */
  public PumpState next() {
    serial++;
    long step = serial + phase;
    boolean running = step % PAUSE_EVERY >= PAUSE_LENGTH;
    if (serial % HOUR == 0) {
      hours++;
    }
    if (serial % RECIPE == 0) {
      setpoint = recipe();
    }
    if (serial % SHIFT == 0) {
      operator = badge();
    }
    double demand = 0.75 + 0.2 * Math.sin(step / 90.0) + 0.02 * random.nextGaussian();
    double flow = running ? 120 * demand : 0;
    double pressure = running ? 6.4 - 0.00016 * flow * flow + 0.01 * random.nextGaussian() : 1.1;
    double current = running ? 14 + 22 * demand : 0.2;
    temperature += ((running ? 38 + 30 * demand : 25) - temperature) * 0.004;
    return new PumpState(
        serial,
        (float) flow,
        (float) pressure,
        (float) vibration(step, running),
        (short) Math.round(current * 64),
        (short) Math.round((temperature + 0.05 * random.nextGaussian()) * 16),
        hours,
        setpoint,
        operator,
        running);
  }

  private double vibration(long step, boolean running) {
    double calm = running ? 2.1 + 0.25 * Math.abs(random.nextGaussian()) : 0.05;
    boolean shakes = running && step % SHAKE_EVERY < SHAKE_LENGTH;
    return shakes ? calm + 5.5 + random.nextDouble() : calm;
  }

  private int recipe() {
    return 1_000_000_000 + random.nextInt(1_000_000_000);
  }

  private String badge() {
    return String.format(Locale.ROOT, "OP-%013d", random.nextLong(10_000_000_000_000L));
  }
}
