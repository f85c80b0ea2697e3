// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.modbus;

import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * When to try again: the pause doubles with each failure up to a limit, and a random part of at
 * most one half is taken off, so that many gateways do not come back at the same moment. Not
 * thread-safe.
 */
final class Backoff {

  private static final int MAX_DOUBLINGS = 30;

  private final long minMillis;
  private final long maxMillis;
  private final LongSupplier nanoTime;
  private final DoubleSupplier random;
  private int failures;
  private long notBefore;

  /**
   * @param random numbers from 0 to 1
   */
  Backoff(long minMillis, long maxMillis, LongSupplier nanoTime, DoubleSupplier random) {
    this.minMillis = minMillis;
    this.maxMillis = maxMillis;
    this.nanoTime = nanoTime;
    this.random = random;
  }

  /** Milliseconds until the next attempt is due; 0 when it is. */
  long remainingMillis() {
    if (failures == 0) {
      return 0;
    }
    long nanos = notBefore - nanoTime.getAsLong();
    return nanos <= 0 ? 0 : Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
  }

  void failed() {
    long pause = Math.min(maxMillis, minMillis << Math.min(failures, MAX_DOUBLINGS));
    failures++;
    double shortened = pause * (1 - 0.5 * random.getAsDouble());
    notBefore = nanoTime.getAsLong() + (long) (shortened * 1_000_000);
  }

  void succeeded() {
    failures = 0;
  }
}
