// SPDX-License-Identifier: EPL-2.0
package io.kete.kapua.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing buffer that writes protobuf primitives; reused from message to message. */
final class WireWriter {

  private static final int KEPT_BYTES = 64 * 1024;

  private byte[] buffer = new byte[512];
  private int size;

  /** Starts over; an unusually large buffer is given back. */
  void reset() {
    size = 0;
    if (buffer.length > KEPT_BYTES) {
      buffer = new byte[512];
    }
  }

  int size() {
    return size;
  }

  byte[] buffer() {
    return buffer;
  }

  byte[] copy() {
    return Arrays.copyOf(buffer, size);
  }

  void varint(long value) {
    ensure(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      buffer[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[size++] = (byte) rest;
  }

  void fixed32(int value) {
    ensure(4);
    for (int shift = 0; shift < 32; shift += 8) {
      buffer[size++] = (byte) (value >>> shift);
    }
  }

  void fixed64(long value) {
    ensure(8);
    for (int shift = 0; shift < 64; shift += 8) {
      buffer[size++] = (byte) (value >>> shift);
    }
  }

  void bytes(byte[] value) {
    varint(value.length);
    ensure(value.length);
    System.arraycopy(value, 0, buffer, size, value.length);
    size += value.length;
  }

  /** Length and UTF-8; the usual ASCII text is copied without any intermediate array. */
  void text(String value) {
    int length = value.length();
    int start = size;
    varint(length);
    ensure(length);
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (c >= 0x80) {
        size = start;
        bytes(value.getBytes(StandardCharsets.UTF_8));
        return;
      }
      buffer[size++] = (byte) c;
    }
  }

  /**
   * Leaves room for a one-byte length and returns where the content begins; {@link #endMessage}
   * fills it in.
   */
  int beginMessage() {
    ensure(1);
    return ++size;
  }

  /**
   * Writes the length of what came since {@link #beginMessage}; content of 128 bytes and more is
   * moved to make room.
   */
  void endMessage(int begin) {
    int length = size - begin;
    int extra = extraLengthBytes(length);
    if (extra > 0) {
      ensure(extra);
      System.arraycopy(buffer, begin, buffer, begin + extra, length);
    }
    size = begin - 1;
    varint(length);
    size += length;
  }

  private static int extraLengthBytes(int length) {
    int extra = 0;
    for (int rest = length >>> 7; rest != 0; rest >>>= 7) {
      extra++;
    }
    return extra;
  }

  private void ensure(int more) {
    if (buffer.length - size < more) {
      buffer =
          Arrays.copyOf(
              buffer,
              Math.max(
                  Math.addExact(size, more),
                  (int) Math.min(2L * buffer.length, Integer.MAX_VALUE - 8)));
    }
  }
}
