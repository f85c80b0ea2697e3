// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long the group commit waits before it tries a failed medium again. */
final class BackOff {

  private static final long MIN_MILLIS = 100;
  private static final long MAX_MILLIS = 5_000;

  private long millis = MIN_MILLIS;
  private volatile boolean hurried;

  /** Waits, longer each time, unless somebody is in a hurry. */
  void pause(SampleQueue queue) throws InterruptedException {
    if (!hurried) {
      long jitter = ThreadLocalRandom.current().nextLong(millis / 4 + 1);
      queue.pause(Duration.ofMillis(millis + jitter));
    }
    hurried = false;
    millis = Math.min(MAX_MILLIS, millis * 2);
  }

  void succeeded() {
    millis = MIN_MILLIS;
  }

  /** The next time there is no wait. For any thread. */
  void hurry() {
    hurried = true;
  }
}
