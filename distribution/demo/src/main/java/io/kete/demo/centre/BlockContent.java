// SPDX-License-Identifier: EPL-2.0
package io.kete.demo.centre;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The content of a sealed envelope: a block as in section 5 of docs/record.md.
 *
 * @param samples for each sample the values by channel, and under {@link #FAILED} with the
 *     channel's name the reason of each that failed
 */
record BlockContent(
    String gateway,
    String stream,
    long incarnation,
    long firstSeq,
    String policy,
    List<Map<String, Object>> samples) {

  /** Before the name of a channel that has a reason instead of a value. */
  static final String FAILED = "!";

  private static final int MAGIC = 0x4B;
  private static final int MAX_SAMPLES = 4096;

  static BlockContent read(byte[] bytes) throws RecordException {
    try {
      return new Reader(ByteBuffer.wrap(bytes)).block();
    } catch (BufferUnderflowException e) {
      throw new RecordException("block ends too early", e);
    }
  }

  private static final class Reader {

    private final ByteBuffer in;
    private final List<String> texts = new ArrayList<>();
    private int lineages;

    Reader(ByteBuffer in) {
      this.in = in;
    }

    BlockContent block() throws RecordException {
      check(oneByte() == MAGIC && oneByte() == 1, "not a block of version 1");
      String gateway = text();
      String stream = text();
      long incarnation = varint();
      long firstSeq = varint();
      long count = varint();
      check(
          incarnation >= 0 && firstSeq > 0 && count > 0 && count <= MAX_SAMPLES,
          "header out of range");
      String policy = text();
      int known = count();
      for (int i = 0; i < known; i++) {
        texts.add(text());
      }
      skipLineages();
      List<Map<String, Object>> samples = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        samples.add(sample());
      }
      check(oneByte() == 0, "a sealed block holds a sealed part");
      check(!in.hasRemaining(), "bytes after the block");
      return new BlockContent(gateway, stream, incarnation, firstSeq, policy, samples);
    }

    private void skipLineages() throws RecordException {
      lineages = count();
      for (int i = 0; i < lineages; i++) {
        for (int field = 0; field < 4; field++) {
          name();
        }
        skipNames();
        skipNames();
      }
    }

    private void skipNames() throws RecordException {
      int names = count();
      for (int i = 0; i < names; i++) {
        name();
      }
    }

    private Map<String, Object> sample() throws RecordException {
      name();
      varint();
      check(oneByte() <= 2, "unknown clock quality");
      Map<String, Object> values = new LinkedHashMap<>();
      int readings = count();
      for (int i = 0; i < readings; i++) {
        reading(values);
      }
      int used = count();
      for (int i = 0; i < used; i++) {
        check(varint() < lineages, "unknown lineage");
      }
      return values;
    }

    private void reading(Map<String, Object> values) throws RecordException {
      int flags = oneByte();
      int type = flags & 7;
      boolean bad = ((flags >> 3) & 3) == 2;
      check(flags < 0x80 && ((flags >> 3) & 3) < 3 && bad == (type == 7), "unknown flags");
      String channel = name();
      if ((flags & 0x20) != 0) {
        varint();
      }
      String reason = (flags & 0x40) != 0 ? name() : "";
      if (bad) {
        values.put(FAILED + channel, reason);
      } else {
        name();
        values.put(channel, value(type));
      }
    }

    private Object value(int type) throws RecordException {
      return switch (type) {
        case 0 -> oneByte() == 1;
        case 1 -> bytes();
        case 2 -> in.getDouble();
        case 3, 4 -> zigzag();
        case 5 -> (double) in.getFloat();
        default -> text();
      };
    }

    private int oneByte() {
      return in.get() & 0xFF;
    }

    private long varint() throws RecordException {
      long value = 0;
      for (int shift = 0; shift < 64; shift += 7) {
        int next = oneByte();
        value |= (long) (next & 0x7F) << shift;
        if (next < 0x80) {
          return value;
        }
      }
      throw new RecordException("number too long");
    }

    private long zigzag() throws RecordException {
      long raw = varint();
      return (raw >>> 1) ^ -(raw & 1);
    }

    private int count() throws RecordException {
      long count = varint();
      check(count >= 0 && count <= in.remaining(), "impossible count");
      return (int) count;
    }

    private byte[] bytes() throws RecordException {
      byte[] bytes = new byte[count()];
      in.get(bytes);
      return bytes;
    }

    private String text() throws RecordException {
      return new String(bytes(), StandardCharsets.UTF_8);
    }

    private String name() throws RecordException {
      long index = varint();
      check(index >= 0 && index < texts.size(), "unknown text");
      return texts.get((int) index);
    }

    private void check(boolean right, String wrong) throws RecordException {
      if (!right) {
        throw new RecordException(wrong + " at byte " + in.position());
      }
    }
  }
}
