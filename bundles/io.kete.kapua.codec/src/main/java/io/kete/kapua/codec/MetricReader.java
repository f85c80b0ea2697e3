// SPDX-License-Identifier: EPL-2.0
package io.kete.kapua.codec;

import org.eclipse.kura.message.KuraPayload;
import org.jspecify.annotations.Nullable;

/**
 * One metric; as in protobuf the last occurrence of a field counts, and a value that is not there
 * is zero or empty.
 */
final class MetricReader {

  private @Nullable String name;
  private int type = -1;
  private double doubleValue;
  private float floatValue;
  private long longValue;
  private int intValue;
  private boolean boolValue;
  private String text = "";
  private byte[] bytes = {};

  MetricReader(WireReader in) throws WireReader.Malformed {
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case Wire.METRIC_NAME -> name = in.text();
        case Wire.METRIC_TYPE -> type = knownType(in.varint());
        case Wire.METRIC_DOUBLE -> doubleValue = in.number();
        case Wire.METRIC_FLOAT -> floatValue = Float.intBitsToFloat(in.fixed32());
        case Wire.METRIC_LONG -> longValue = in.varint();
        case Wire.METRIC_INT -> intValue = (int) in.varint();
        case Wire.METRIC_BOOL -> boolValue = in.varint() != 0;
        case Wire.METRIC_STRING -> text = in.text();
        case Wire.METRIC_BYTES -> bytes = in.copy();
        default -> in.skip(tag);
      }
    }
  }

  void addTo(KuraPayload payload) throws WireReader.Malformed {
    if (name == null) {
      throw new WireReader.Malformed();
    }
    payload.addMetric(name, value());
  }

  private Object value() throws WireReader.Malformed {
    return switch (type) {
      case Wire.TYPE_DOUBLE -> doubleValue;
      case Wire.TYPE_FLOAT -> floatValue;
      case Wire.TYPE_LONG -> longValue;
      case Wire.TYPE_INT -> intValue;
      case Wire.TYPE_BOOL -> boolValue;
      case Wire.TYPE_STRING -> text;
      case Wire.TYPE_BYTES -> bytes;
      default -> throw new WireReader.Malformed();
    };
  }

  /** proto2 keeps an enum value it does not know apart, as if the field had not been there. */
  private int knownType(long read) {
    int known = (int) read;
    return known >= Wire.TYPE_DOUBLE && known <= Wire.TYPE_BYTES ? known : type;
  }
}
