// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import io.kete.buffer.api.AppendCallback;
import io.kete.buffer.api.Refusal;
import io.kete.data.api.Reading;
import io.kete.data.api.Reading.Measured;
import io.kete.data.api.Sample;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sample that waits for the group commit.
 *
 * @param bytes about what it takes
 */
record Pending(Sample sample, AppendCallback callback, int bytes) {

  private static final Logger logger = LoggerFactory.getLogger(Pending.class);

  static Pending of(Sample sample, AppendCallback callback) {
    long bytes = 32L + sample.asset().length();
    for (Reading reading : sample.readings()) {
      bytes += 24L + reading.channel().length() + reading.reason().length();
      if (reading instanceof Measured measured) {
        bytes += measured.unit().length() + length(measured.value().getValue());
      }
    }
    return new Pending(sample, callback, (int) Math.min(bytes, Integer.MAX_VALUE));
  }

  void accepted(long seq) {
    answer(() -> callback.accepted(seq));
  }

  void refused(Refusal why) {
    answer(() -> callback.refused(why));
  }

  private static void answer(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      // border: body of the commit loop; a caller that fails must not end the stream for all others
      logger.warn("callback_failed", e);
    }
  }

  private static int length(Object value) {
    if (value instanceof byte[] array) {
      return array.length;
    }
    return value instanceof String text ? text.length() : 8;
  }
}
