// SPDX-License-Identifier: EPL-2.0
package io.kete.data.api;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing array of bytes with the primitives of the block format: varint (LEB128), zigzag,
 * big-endian fixed, length-prefixed.
 */
final class Bytes {

  private static final int KEPT = 1 << 16;

  private byte[] array = new byte[512];
  private int size;

  void clear() {
    size = 0;
    if (array.length > KEPT) {
      array = new byte[KEPT];
    }
  }

  void put(int oneByte) {
    room(1);
    array[size++] = (byte) oneByte;
  }

  void put(Bytes other) {
    room(other.size);
    System.arraycopy(other.array, 0, array, size, other.size);
    size += other.size;
  }

  void putVarint(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      array[size++] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    array[size++] = (byte) rest;
  }

  void putZigzag(long value) {
    putVarint((value << 1) ^ (value >> 63));
  }

  void putLong(long value) {
    putInt((int) (value >>> 32));
    putInt((int) value);
  }

  void putInt(int value) {
    room(4);
    array[size++] = (byte) (value >>> 24);
    array[size++] = (byte) (value >>> 16);
    array[size++] = (byte) (value >>> 8);
    array[size++] = (byte) value;
  }

  void putBytes(byte[] bytes) {
    putVarint(bytes.length);
    room(bytes.length);
    System.arraycopy(bytes, 0, array, size, bytes.length);
    size += bytes.length;
  }

  void putBuffer(ByteBuffer buffer) {
    int length = buffer.remaining();
    putVarint(length);
    room(length);
    buffer.get(array, size, length);
    size += length;
  }

  void putText(String text) {
    putBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  byte[] toArray() {
    return Arrays.copyOf(array, size);
  }

  private void room(int more) {
    int needed = Math.addExact(size, more);
    if (needed > array.length) {
      array =
          Arrays.copyOf(
              array, Math.max(needed, (int) Math.min(array.length * 2L, Integer.MAX_VALUE - 8)));
    }
  }
}
