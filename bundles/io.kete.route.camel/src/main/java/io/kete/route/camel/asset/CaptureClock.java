// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.asset;

import io.kete.data.api.ClockQuality;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Time of capture: the wall clock once, the monotonic clock from then on. It never goes back. When
 * the wall clock jumps ahead by more than a second it follows at once. When the wall clock jumps
 * back it goes on at half speed until the wall clock has caught up, and calls itself free running
 * meanwhile. Safe for use by several threads.
 */
public final class CaptureClock {
  private static final long TOLERANCE_MILLIS = 1_000;

  private final LongSupplier wallMillis;
  private final LongSupplier nanoTime;
  private long baseMillis;
  private long baseNanos;
  private long last = Long.MIN_VALUE;
  private boolean slowed;
  private ClockQuality checked = ClockQuality.UNKNOWN;

  /** Starts at the present wall time. */
  public CaptureClock(LongSupplier wallMillis, LongSupplier nanoTime) {
    this.wallMillis = wallMillis;
    this.nanoTime = nanoTime;
    this.baseMillis = wallMillis.getAsLong();
    this.baseNanos = nanoTime.getAsLong();
  }

  /** Milliseconds since 1970 UTC, never less than the time before. */
  public synchronized long millis() {
    long nanos = nanoTime.getAsLong();
    long wall = wallMillis.getAsLong();
    long elapsed = slowed ? (nanos - baseNanos) / 2 : nanos - baseNanos;
    long time = baseMillis + TimeUnit.NANOSECONDS.toMillis(elapsed);
    if (wall - time > TOLERANCE_MILLIS || (slowed && wall >= time)) {
      slowed = false;
      time = rebase(wall, nanos);
    } else if (!slowed && time - wall > TOLERANCE_MILLIS) {
      slowed = true;
      rebase(time, nanos);
    }
    last = Math.max(last, time);
    return last;
  }

  private long rebase(long millis, long nanos) {
    baseMillis = millis;
    baseNanos = nanos;
    return millis;
  }

  /** How far the time of capture can be trusted at present. */
  public synchronized ClockQuality quality() {
    return slowed ? ClockQuality.FREE_RUNNING : checked;
  }

  /** Tells what a check of the machine's clock gave. */
  public synchronized void checked(ClockQuality quality) {
    checked = quality;
  }
}
