// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud.exit;

import java.util.Map;
import org.eclipse.kura.message.KuraPayload;

/** Estimates what a payload takes on the wire when others encode it. */
final class PayloadSize {

  /** Header of the packet, and a topic of usual length. */
  static final int PACKET = 48;

  private static final int TIMESTAMP = 7;
  private static final int METRIC = 8;
  private static final int NUMBER = 8;

  private PayloadSize() {}

  /** Bytes of the payload as protobuf, not compressed, to about a tenth. */
  static int of(KuraPayload payload) {
    int size = TIMESTAMP;
    for (Map.Entry<String, Object> metric : payload.metrics().entrySet()) {
      size += METRIC + metric.getKey().length() + value(metric.getValue());
    }
    byte[] body = payload.getBody();
    return size + (body == null ? 0 : body.length + METRIC);
  }

  private static int value(Object value) {
    if (value instanceof String text) {
      return text.length();
    }
    return value instanceof byte[] bytes ? bytes.length : NUMBER;
  }
}
