// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What wakes the drain, from any thread; a signal that comes early is not lost. */
final class Signals {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean woken;
  private volatile boolean linkLost;
  private volatile boolean linkUp;
  private volatile boolean closed;
  private volatile boolean news = true;

  /** Something may have changed. */
  void wake() {
    lock.lock();
    try {
      woken = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** The stream may have something new. */
  void news() {
    news = true;
    wake();
  }

  /** Whether the stream may have something new since the last call. */
  boolean takeNews() {
    if (!news) {
      return false;
    }
    news = false;
    return true;
  }

  void linkLost() {
    lock.lock();
    try {
      linkLost = true;
      linkUp = false;
      woken = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  void linkUp() {
    lock.lock();
    try {
      linkUp = true;
      woken = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** Whether the link was lost since the last call. */
  boolean takeLinkLost() {
    if (!linkLost) {
      return false;
    }
    lock.lock();
    try {
      linkLost = false;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the link came back since the last call. */
  boolean takeLinkUp() {
    if (!linkUp) {
      return false;
    }
    lock.lock();
    try {
      boolean up = linkUp;
      linkUp = false;
      return up;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the next signal, but no longer than the limit. */
  void await(Duration limit) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = limit.toNanos();
      while (!woken && !closed && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      woken = false;
    } finally {
      lock.unlock();
    }
  }
}
