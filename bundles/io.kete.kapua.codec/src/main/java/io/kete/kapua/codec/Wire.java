// SPDX-License-Identifier: EPL-2.0
package io.kete.kapua.codec;

/**
 * Tags of the payload message: field number times eight plus wire type. The message is proto2,
 * package {@code kuradatatypes}; fields 3 to 4999 of the payload are open for others.
 */
final class Wire {

  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int LENGTH = 2;
  static final int FIXED32 = 5;

  static final int PAYLOAD_TIMESTAMP = 1 << 3 | VARINT;
  static final int PAYLOAD_POSITION = 2 << 3 | LENGTH;
  static final int PAYLOAD_METRIC = 5000 << 3 | LENGTH;
  static final int PAYLOAD_BODY = 5001 << 3 | LENGTH;

  static final int METRIC_NAME = 1 << 3 | LENGTH;
  static final int METRIC_TYPE = 2 << 3 | VARINT;
  static final int METRIC_DOUBLE = 3 << 3 | FIXED64;
  static final int METRIC_FLOAT = 4 << 3 | FIXED32;
  static final int METRIC_LONG = 5 << 3 | VARINT;
  static final int METRIC_INT = 6 << 3 | VARINT;
  static final int METRIC_BOOL = 7 << 3 | VARINT;
  static final int METRIC_STRING = 8 << 3 | LENGTH;
  static final int METRIC_BYTES = 9 << 3 | LENGTH;

  static final int POSITION_LATITUDE = 1 << 3 | FIXED64;
  static final int POSITION_LONGITUDE = 2 << 3 | FIXED64;
  static final int POSITION_ALTITUDE = 3 << 3 | FIXED64;
  static final int POSITION_PRECISION = 4 << 3 | FIXED64;
  static final int POSITION_HEADING = 5 << 3 | FIXED64;
  static final int POSITION_SPEED = 6 << 3 | FIXED64;
  static final int POSITION_TIMESTAMP = 7 << 3 | VARINT;
  static final int POSITION_SATELLITES = 8 << 3 | VARINT;
  static final int POSITION_STATUS = 9 << 3 | VARINT;

  static final int TYPE_DOUBLE = 0;
  static final int TYPE_FLOAT = 1;
  static final int TYPE_LONG = 2;
  static final int TYPE_INT = 3;
  static final int TYPE_BOOL = 4;
  static final int TYPE_STRING = 5;
  static final int TYPE_BYTES = 6;

  /** First two bytes of everything gzipped. */
  static boolean isGzip(byte[] bytes) {
    return bytes.length > 1 && bytes[0] == 0x1F && bytes[1] == (byte) 0x8B;
  }

  private Wire() {}
}
