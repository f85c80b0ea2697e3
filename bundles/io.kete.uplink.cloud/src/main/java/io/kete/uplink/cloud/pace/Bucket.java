// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud.pace;

import java.util.concurrent.TimeUnit;

/**
 * A rate that is kept on average, with at most one second's worth at once. What is larger than that
 * goes when the bucket is full, and its debt is waited for. Not safe for several threads.
 */
final class Bucket {

  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

  private long perSecond;
  private double level;
  private long filledNanos;

  /** No limit at first. */
  Bucket(long nowNanos) {
    this.filledNanos = nowNanos;
  }

  /** Sets the rate; 0 is no limit. */
  void rate(long newPerSecond, long nowNanos) {
    fill(nowNanos);
    level = perSecond == 0 ? (double) newPerSecond : Math.min(level, (double) newPerSecond);
    perSecond = newPerSecond;
  }

  /** Nanoseconds until something may go; 0 when it may now. */
  long waitNanos(long nowNanos) {
    fill(nowNanos);
    return perSecond == 0 || level > 0 ? 0 : (long) ((1 - level) / perSecond * SECOND);
  }

  void take(long amount) {
    if (perSecond > 0) {
      level -= amount;
    }
  }

  private void fill(long nowNanos) {
    level = Math.min((double) perSecond, level + (nowNanos - filledNanos) / SECOND * perSecond);
    filledNanos = nowNanos;
  }
}
