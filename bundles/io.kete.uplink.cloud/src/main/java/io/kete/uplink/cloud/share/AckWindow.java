// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud.share;

import java.time.Duration;

/**
 * How many bytes may be unconfirmed so that a confirmation takes no longer than it must plus an
 * allowed delay.
 *
 * <p>Each confirmation is a measurement: what was in flight when its message was sent, divided by
 * the time it took, is what the link carried. That times the allowed time is the limit, so on a
 * slow link little waits in sockets and modems, and on a fast one the limit is no limit. The time
 * it must take is the shortest one seen on this connection. Not safe for several threads.
 */
final class AckWindow {

  static final long LEAST = 2_048;
  static final long FIRST = 4_096;
  static final long MOST = 64L << 20;

  private double limit = FIRST;
  private long shortestNanos = Long.MAX_VALUE;
  private long lastNanos;

  /** A new connection: nothing is known of it. */
  void reset() {
    limit = FIRST;
    shortestNanos = Long.MAX_VALUE;
  }

  /** Bytes that may be in flight. */
  long limit() {
    return (long) limit;
  }

  /** How long the last confirmation took. */
  Duration lastDelay() {
    return Duration.ofNanos(lastNanos);
  }

  /**
   * A message was confirmed.
   *
   * @param bytes its size
   * @param ahead bytes that were in flight when it was sent, with its own
   * @param nanos time from sending to confirmation
   * @param allowed delay that is allowed beyond the shortest time
   */
  void confirmed(int bytes, long ahead, long nanos, Duration allowed) {
    long took = Math.max(1, nanos);
    lastNanos = took;
    // at the least limit the time is the link's own, so a route that became longer is learnt again
    boolean isOwnTime = limit <= LEAST && ahead <= LEAST;
    shortestNanos = isOwnTime ? took : Math.min(shortestNanos, took);
    double inTime = shortestNanos + (double) allowed.toNanos();
    double wanted = ahead * inTime / took;
    if (took > inTime) {
      limit += (Math.min(wanted, limit) - limit) * Math.min(1, bytes / limit);
    } else if (2 * ahead >= limit) {
      limit += Math.max(0, Math.min(wanted - limit, bytes));
    }
    limit = Math.max(LEAST, Math.min(MOST, limit));
  }
}
