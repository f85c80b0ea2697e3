// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.scenario;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Bounded waiting for what has to become true. */
final class Eventually {

  private static final long PAUSE_MILLIS = 50;

  private Eventually() {}

  /** A check that throws as long as it does not hold. */
  interface Check {
    void run() throws Exception;
  }

  /** Returns as soon as it holds; throws what it throws when the time is over. */
  static void holds(Duration limit, Check check) {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      try {
        check.run();
        return;
      } catch (AssertionError | Exception notYet) {
        if (System.nanoTime() > end) {
          throw new AssertionError("not within " + limit + ": " + notYet.getMessage(), notYet);
        }
      }
      pause();
    }
  }

  /** What is waited for happens in other processes and tells nobody; an interrupt ends the wait. */
  private static void pause() {
    try {
      new CountDownLatch(1).await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
