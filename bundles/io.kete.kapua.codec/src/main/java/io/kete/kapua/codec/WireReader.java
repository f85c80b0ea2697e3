// SPDX-License-Identifier: EPL-2.0
package io.kete.kapua.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads protobuf primitives from a part of an array that nobody has checked; never reads or
 * allocates beyond it.
 */
final class WireReader {

  /**
   * The bytes are not what they should be; carries nothing, since the caller treats all such bytes
   * alike.
   */
  @SuppressWarnings("serial")
  static final class Malformed extends Exception {
    Malformed() {
      super("not a payload", null, false, false);
    }
  }

  private final byte[] bytes;
  private final int end;
  private int at;

  WireReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private WireReader(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  boolean hasMore() {
    return at < end;
  }

  /** The next tag; zero is no tag, and field numbers stay within protobuf's 29 bits. */
  int tag() throws Malformed {
    long tag = varint();
    if (tag >>> 32 != 0 || tag >>> 3 == 0) {
      throw new Malformed();
    }
    return (int) tag;
  }

  /**
   * A varint of at most ten bytes; the tenth has one bit to give, so anything but that bit is
   * refused.
   */
  long varint() throws Malformed {
    long value = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      need(1);
      byte next = bytes[at++];
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    need(1);
    if (bytes[at++] != 1) {
      throw new Malformed();
    }
    return value | Long.MIN_VALUE;
  }

  int fixed32() throws Malformed {
    need(4);
    int value = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      value |= (bytes[at++] & 0xFF) << shift;
    }
    return value;
  }

  long fixed64() throws Malformed {
    need(8);
    long value = 0;
    for (int shift = 0; shift < 64; shift += 8) {
      value |= (bytes[at++] & 0xFFL) << shift;
    }
    return value;
  }

  double number() throws Malformed {
    return Double.longBitsToDouble(fixed64());
  }

  byte[] copy() throws Malformed {
    int length = length();
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  /** A text; bytes that are not UTF-8 become the replacement character, as Kapua reads them. */
  String text() throws Malformed {
    int length = length();
    at += length;
    return new String(bytes, at - length, length, StandardCharsets.UTF_8);
  }

  /** A reader for the message that begins here; this one goes on behind it. */
  WireReader message() throws Malformed {
    int length = length();
    at += length;
    return new WireReader(bytes, at - length, at);
  }

  /**
   * Passes over a field nobody asked for. Groups are refused: they are the only thing that nests
   * without end.
   */
  void skip(int tag) throws Malformed {
    switch (tag & 7) {
      case Wire.VARINT -> varint();
      case Wire.FIXED64 -> fixed64();
      case Wire.LENGTH -> message();
      case Wire.FIXED32 -> fixed32();
      default -> throw new Malformed();
    }
  }

  private int length() throws Malformed {
    long length = varint();
    if (length < 0 || length > end - at) {
      throw new Malformed();
    }
    return (int) length;
  }

  private void need(int count) throws Malformed {
    if (end - at < count) {
      throw new Malformed();
    }
  }
}
