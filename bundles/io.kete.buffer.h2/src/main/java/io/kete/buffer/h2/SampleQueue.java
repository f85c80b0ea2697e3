// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Samples on their way to the group commit, bounded in number and bytes. Many threads offer, one
 * takes.
 */
final class SampleQueue {

  private final int maxSamples;
  private final long maxBytes;
  private final ArrayDeque<Pending> queue = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long bytes;
  private int enough = 1;
  private boolean woken;
  private boolean closed;

  enum Offer {
    TAKEN,
    FULL,
    CLOSED
  }

  SampleQueue(int maxSamples, long maxBytes) {
    this.maxSamples = maxSamples;
    this.maxBytes = maxBytes;
  }

  Offer offer(Pending pending) {
    lock.lock();
    try {
      if (closed) {
        return Offer.CLOSED;
      }
      if (queue.size() >= maxSamples || (bytes + pending.bytes() > maxBytes && !queue.isEmpty())) {
        return Offer.FULL;
      }
      queue.add(pending);
      bytes += pending.bytes();
      if (queue.size() == 1 || queue.size() == enough) {
        changed.signal();
      }
      return Offer.TAKEN;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the present or the next wait. */
  void wake() {
    lock.lock();
    try {
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

  /** Waits until there is a sample, or {@link #wake()}, or the time is over. */
  void await(Duration most) throws InterruptedException {
    await(most, 1);
  }

  /** Waits until there are {@code wanted} samples, or {@link #wake()}, or the time is over. */
  void await(Duration most, int wanted) throws InterruptedException {
    lock.lock();
    try {
      enough = wanted;
      long left = most.toNanos();
      while (queue.size() < wanted && !woken && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      woken = false;
    } finally {
      enough = 1;
      lock.unlock();
    }
  }

  /** Waits for {@link #wake()} or the end of the time; samples do not matter. */
  void pause(Duration most) throws InterruptedException {
    await(most, Integer.MAX_VALUE);
  }

  /** Takes everything. */
  List<Pending> takeAll() {
    return take(Integer.MAX_VALUE, Long.MAX_VALUE);
  }

  /**
   * Takes up to {@code max} samples of up to {@code mostBytes} together, but at least one if there
   * is one.
   */
  List<Pending> take(int max, long mostBytes) {
    lock.lock();
    try {
      List<Pending> taken = new ArrayList<>(Math.min(max, queue.size()));
      long takenBytes = 0;
      while (taken.size() < max && takenBytes < mostBytes && !queue.isEmpty()) {
        Pending pending = queue.remove();
        takenBytes += pending.bytes();
        taken.add(pending);
      }
      bytes -= takenBytes;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  boolean isEmpty() {
    return size() == 0;
  }

  int size() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }
}
