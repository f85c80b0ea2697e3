// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.slot;

import java.util.concurrent.TimeUnit;

/** The time in which nothing serves; who wants to can wait for its end. */
final class Vacancy {

  private boolean vacant = true;
  private long begin = System.nanoTime();

  synchronized void changed(boolean nowVacant) {
    if (nowVacant && !vacant) {
      begin = System.nanoTime();
    }
    vacant = nowVacant;
    notifyAll();
  }

  /**
   * Waits for its end.
   *
   * @param seconds longest time since the vacancy began
   * @return whether it is worth looking again; false when the time is over
   */
  synchronized boolean await(long seconds) {
    long end = begin + TimeUnit.SECONDS.toNanos(seconds);
    try {
      while (vacant) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
