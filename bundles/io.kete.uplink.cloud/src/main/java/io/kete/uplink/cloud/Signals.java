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
  private boolean linkLost;
  private boolean linkUp;
  private boolean closed;

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
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the link was lost since the last call. */
  boolean takeLinkLost() {
    lock.lock();
    try {
      boolean lost = linkLost;
      linkLost = false;
      return lost;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the link came back since the last call. */
  boolean takeLinkUp() {
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
