// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The unit that is stored. It says itself what it is, where it belongs and whether it is whole, so
 * it can be found in a damaged file.
 *
 * <pre>
 *   magic "KBF1" (4) | kind (1) | length of payload (4) | position (8) | count (4) | payload | CRC32C of all before (4)
 * </pre>
 *
 * The position is the first sequence number of a block, the last sequence number a head speaks of,
 * or the running number of a key in its segment; the count is the number of samples of a block and
 * 0 for the others. The payload of an encrypted block is opened by its {@link StoreKey}. Whoever
 * makes a frame leaves its payload alone.
 */
final class Frame {

  static final int MAGIC = 0x4B424631;
  static final int MAX_PAYLOAD = 1 << 24;
  static final int HEADER_BYTES = 21;
  static final int OVERHEAD = HEADER_BYTES + 4;

  private static final Kind[] KINDS = Kind.values();

  /** What a frame holds, and its code on the medium. */
  enum Kind {
    KEY(0),
    BLOCK(1),
    HEAD(2),
    ENCRYPTED(3);

    private final int code;

    Kind(int code) {
      this.code = code;
    }
  }

  private final Kind kind;
  private final long position;
  private final int count;
  private final byte[] payload;

  Frame(Kind kind, long position, int count, byte[] payload) {
    this.kind = kind;
    this.position = position;
    this.count = count;
    this.payload = payload;
  }

  Kind kind() {
    return kind;
  }

  long position() {
    return position;
  }

  int count() {
    return count;
  }

  byte[] payload() {
    return payload;
  }

  static Frame block(long firstSeq, int count, byte[] bytes) {
    return new Frame(Kind.BLOCK, firstSeq, count, bytes);
  }

  /** Sequence number of the last sample of a block. */
  long lastSeq() {
    return position + count - 1;
  }

  byte[] toBytes() {
    ByteBuffer out = ByteBuffer.allocate(payload.length + OVERHEAD);
    out.putInt(MAGIC)
        .put((byte) kind.code)
        .putInt(payload.length)
        .putLong(position)
        .putInt(count)
        .put(payload);
    out.putInt(crc(out.array(), 0, out.position()));
    return out.array();
  }

  /** The frame that fills {@code bytes} exactly. */
  static Optional<Frame> parse(byte[] bytes) {
    Optional<Frame> frame = parse(bytes, 0, bytes.length);
    return frame.filter(f -> f.payload.length + OVERHEAD == bytes.length);
  }

  /** The whole and undamaged frame that begins at {@code offset}; bytes after it do not matter. */
  static Optional<Frame> parse(byte[] bytes, int offset, int limit) {
    int payload = payloadLength(bytes, offset, limit);
    if (payload < 0 || limit - offset < payload + OVERHEAD) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, offset, limit - offset);
    int end = offset + HEADER_BYTES + payload;
    if (in.getInt(end) != crc(bytes, offset, HEADER_BYTES + payload)) {
      return Optional.empty();
    }
    Kind kind = KINDS[bytes[offset + 4]];
    long position = in.getLong(offset + 9);
    int count = in.getInt(offset + 17);
    boolean isBlock = kind == Kind.BLOCK || kind == Kind.ENCRYPTED;
    if (position < 0 || (isBlock ? position < 1 || count < 1 : count != 0)) {
      return Optional.empty();
    }
    byte[] content = new byte[payload];
    System.arraycopy(bytes, offset + HEADER_BYTES, content, 0, payload);
    return Optional.of(new Frame(kind, position, count, content));
  }

  /**
   * Length of the payload that a frame header at {@code offset} announces, -1 when there is no
   * header.
   */
  static int payloadLength(byte[] bytes, int offset, int limit) {
    if (offset < 0 || limit - offset < HEADER_BYTES) {
      return -1;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, offset, limit - offset);
    int length = in.getInt(offset + 5);
    int kind = bytes[offset + 4];
    boolean plausible =
        in.getInt(offset) == MAGIC
            && kind >= 0
            && kind < KINDS.length
            && length >= 0
            && length <= MAX_PAYLOAD;
    return plausible ? length : -1;
  }

  private static int crc(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }
}
