// SPDX-License-Identifier: EPL-2.0
package io.kete.data.api;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Reads what {@link Bytes} wrote, from untrusted bytes: nothing is allocated beyond what is really
 * there.
 */
final class ByteCursor {

  private final ByteBuffer in;

  ByteCursor(ByteBuffer in) {
    this.in = in.slice();
  }

  int remaining() {
    return in.remaining();
  }

  BlockFormatException wrong(String what) {
    return new BlockFormatException(what + " at byte " + in.position());
  }

  int oneByte() throws BlockFormatException {
    need(1);
    return in.get() & 0xFF;
  }

  long varint() throws BlockFormatException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = oneByte();
      if (shift == 63 && next > 1) {
        break;
      }
      value |= (long) (next & 0x7F) << shift;
      if ((next & 0x80) == 0) {
        if (next == 0 && shift > 0) {
          throw wrong("number not in its shortest form");
        }
        return value;
      }
    }
    throw wrong("number too long");
  }

  long zigzag() throws BlockFormatException {
    long raw = varint();
    return (raw >>> 1) ^ -(raw & 1);
  }

  /** A number of items of which each takes at least {@code minBytes} of what is left. */
  int count(int minBytes, String what) throws BlockFormatException {
    long count = varint();
    if (count < 0 || count > in.remaining() / minBytes) {
      throw wrong("impossible number of " + what);
    }
    return (int) count;
  }

  int index(int limit, String what) throws BlockFormatException {
    long index = varint();
    if (index < 0 || index >= limit) {
      throw wrong("unknown " + what);
    }
    return (int) index;
  }

  long fixedLong() throws BlockFormatException {
    need(8);
    return in.getLong();
  }

  int fixedInt() throws BlockFormatException {
    need(4);
    return in.getInt();
  }

  byte[] bytes() throws BlockFormatException {
    byte[] bytes = new byte[count(1, "bytes")];
    in.get(bytes);
    return bytes;
  }

  String text() throws BlockFormatException {
    int length = count(1, "bytes of a text");
    ByteBuffer utf8 = in.slice(in.position(), length);
    try {
      CharBuffer chars =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(utf8);
      in.position(in.position() + length);
      return chars.toString();
    } catch (CharacterCodingException e) {
      throw wrong("text that is not UTF-8");
    }
  }

  private void need(int bytes) throws BlockFormatException {
    if (in.remaining() < bytes) {
      throw wrong("block ends too early");
    }
  }
}
