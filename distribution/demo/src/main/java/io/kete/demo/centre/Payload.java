// SPDX-License-Identifier: EPL-2.0
package io.kete.demo.centre;

import com.google.protobuf.ByteString;
import java.util.Map;

/**
 * A decoded Kura payload.
 *
 * @param timestamp in milliseconds since 1970 UTC
 * @param metrics Double (also for FLOAT), Long (also for INT32), Boolean, String or ByteString
 * @param body empty when there is none
 */
record Payload(long timestamp, Map<String, Object> metrics, ByteString body) {

  String text(String metric) throws RecordException {
    return metric(metric, String.class);
  }

  long number(String metric) throws RecordException {
    return metric(metric, Long.class);
  }

  private <T> T metric(String metric, Class<T> type) throws RecordException {
    Object value = metrics.get(metric);
    if (!type.isInstance(value)) {
      throw new RecordException("metric " + metric + " is missing or of another type");
    }
    return type.cast(value);
  }
}
