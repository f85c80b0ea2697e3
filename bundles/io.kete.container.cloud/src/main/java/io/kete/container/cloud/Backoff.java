// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: one second, doubled for each failure up to a maximum,
 * and then a random part of it, so that a fleet does not come back all at once. Not safe for
 * several threads.
 */
final class Backoff {

  private static final long FIRST_MILLIS = 1000;

  private final long maxMillis;
  private final RandomGenerator random;
  private int failures;

  Backoff(Duration max, RandomGenerator random) {
    this.maxMillis = max.toMillis();
    this.random = random;
  }

  /** Counts a failure and says how long to wait: half of the present step to all of it. */
  Duration next() {
    long step = Math.min(maxMillis, FIRST_MILLIS << Math.min(failures, 20));
    failures++;
    return Duration.ofMillis(step / 2 + random.nextLong(step / 2 + 1));
  }

  /** All is well again. */
  void reset() {
    failures = 0;
  }
}
