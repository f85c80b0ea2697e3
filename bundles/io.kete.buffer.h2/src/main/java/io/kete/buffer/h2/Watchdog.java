// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the free space. While there is too little the stream may not grow beyond what it had
 * then, so that what it does when it is full happens before the medium is full. For the thread of
 * the group commit; others may ask {@link #isLow()}.
 */
final class Watchdog {

  private static final Logger logger = LoggerFactory.getLogger(Watchdog.class);

  private final String stream;
  private final LongSupplier free;
  private volatile boolean low;
  private long boundWhenLow;

  Watchdog(String stream, LongSupplier free) {
    this.stream = stream;
    this.free = free;
  }

  /** Whether there was too little space when it was looked at last. */
  boolean isLow() {
    return low;
  }

  /**
   * Most bytes the stream may have now.
   *
   * @param present bytes it has
   */
  long bound(StreamSettings settings, long present) {
    long now = free.getAsLong();
    boolean isLow = now < settings.minFree();
    if (isLow && !low) {
      boundWhenLow = Math.max(present, 3 * settings.segmentBytes());
      logger.error("space_low stream={} free={} needed={}", stream, now, settings.minFree());
    } else if (low && !isLow) {
      logger.info("space_recovered stream={} free={}", stream, now);
    }
    low = isLow;
    return isLow ? Math.min(settings.maxBytes(), boundWhenLow) : settings.maxBytes();
  }
}
