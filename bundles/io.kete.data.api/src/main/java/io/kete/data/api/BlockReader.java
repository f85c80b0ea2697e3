// SPDX-License-Identifier: EPL-2.0
package io.kete.data.api;

import io.kete.data.api.Reading.Failed;
import io.kete.data.api.Reading.Measured;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;

/**
 * Reads blocks of every known format version. The bytes may come from anywhere: whatever they are,
 * the answer is a block or a {@link BlockFormatException}, and memory is bounded by a small
 * multiple of the input.
 */
public final class BlockReader {

  private static final Quality[] QUALITIES = Quality.values();
  private static final ClockQuality[] CLOCKS = ClockQuality.values();

  private final ByteCursor in;
  private final List<String> texts = new ArrayList<>();
  private final List<Lineage> lineages = new ArrayList<>();

  private BlockReader(ByteBuffer bytes) {
    this.in = new ByteCursor(bytes);
  }

  /**
   * The block that the remaining bytes of the buffer hold; the buffer is not moved.
   *
   * @throws BlockFormatException if they are not exactly one block of a known version
   */
  public static Block read(ByteBuffer bytes) throws BlockFormatException {
    return new BlockReader(bytes).block();
  }

  private Block block() throws BlockFormatException {
    if (in.oneByte() != BlockWriter.MAGIC) {
      throw in.wrong("not a block");
    }
    int version = in.oneByte();
    if (version != BlockWriter.VERSION) {
      throw in.wrong("block of unknown version " + version);
    }
    BlockId id = header();
    String policy = in.text();
    readTexts();
    readLineages();
    List<Sample> samples = samples(id.count());
    Optional<SealedBlock> sealed = sealed();
    if (in.remaining() != 0) {
      throw in.wrong("bytes after the block");
    }
    return new Block(id, policy, samples, sealed);
  }

  private BlockId header() throws BlockFormatException {
    String gateway = in.text();
    String stream = in.text();
    long incarnation = in.varint();
    long firstSeq = in.varint();
    long count = in.varint();
    if (incarnation < 0 || firstSeq < 1 || count < 1 || count > BlockId.MAX_COUNT) {
      throw in.wrong("header out of range");
    }
    return new BlockId(gateway, stream, incarnation, firstSeq, (int) count);
  }

  private void readTexts() throws BlockFormatException {
    int count = in.count(1, "texts");
    for (int i = 0; i < count; i++) {
      texts.add(in.text());
    }
  }

  private void readLineages() throws BlockFormatException {
    int count = in.count(6, "lineages");
    for (int i = 0; i < count; i++) {
      lineages.add(new Lineage(name(), name(), name(), name(), names(), names()));
    }
  }

  private List<String> names() throws BlockFormatException {
    int count = in.count(1, "names");
    List<String> names = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      names.add(name());
    }
    return names;
  }

  private String name() throws BlockFormatException {
    return texts.get(in.index(texts.size(), "text"));
  }

  private List<Sample> samples(int count) throws BlockFormatException {
    List<Sample> samples = new ArrayList<>(count);
    long time = 0;
    for (int i = 0; i < count; i++) {
      String asset = name();
      time += in.zigzag();
      ClockQuality clock = CLOCKS[in.index(CLOCKS.length, "clock quality")];
      List<Reading> readings = readings(time);
      int used = in.count(1, "lineages of a sample");
      List<Lineage> lineage = new ArrayList<>(used);
      for (int j = 0; j < used; j++) {
        lineage.add(lineages.get(in.index(lineages.size(), "lineage")));
      }
      samples.add(new Sample(asset, time, clock, readings, lineage));
    }
    return samples;
  }

  private List<Reading> readings(long time) throws BlockFormatException {
    int count = in.count(2, "readings");
    List<Reading> readings = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      readings.add(reading(time));
    }
    return readings;
  }

  private Reading reading(long sampleTime) throws BlockFormatException {
    int flags = in.oneByte();
    int quality = (flags >> 3) & 3;
    int type = flags & 7;
    if (flags > 0x7F
        || quality >= QUALITIES.length
        || (type == ValueType.NONE) != (QUALITIES[quality] == Quality.BAD)) {
      throw in.wrong("reading with unknown flags");
    }
    String channel = name();
    long time = (flags & 0x20) == 0 ? sampleTime : sampleTime + in.zigzag();
    String reason = (flags & 0x40) == 0 ? "" : name();
    if (type == ValueType.NONE) {
      return new Failed(channel, reason, time);
    }
    String unit = name();
    return new Measured(channel, value(ValueType.of(type)), unit, QUALITIES[quality], reason, time);
  }

  private TypedValue<?> value(ValueType type) throws BlockFormatException {
    return switch (type) {
      case BOOLEAN -> TypedValues.newBooleanValue(in.index(2, "truth value") == 1);
      case BYTE_ARRAY -> TypedValues.newByteArrayValue(in.bytes());
      case DOUBLE -> TypedValues.newDoubleValue(Double.longBitsToDouble(in.fixedLong()));
      case INTEGER -> TypedValues.newIntegerValue(integer());
      case LONG -> TypedValues.newLongValue(in.zigzag());
      case FLOAT -> TypedValues.newFloatValue(Float.intBitsToFloat(in.fixedInt()));
      case STRING -> TypedValues.newStringValue(in.text());
    };
  }

  private int integer() throws BlockFormatException {
    long value = in.zigzag();
    if (value != (int) value) {
      throw in.wrong("integer out of range");
    }
    return (int) value;
  }

  private Optional<SealedBlock> sealed() throws BlockFormatException {
    if (in.index(2, "mark of a sealed part") == 0) {
      return Optional.empty();
    }
    String epoch = in.text();
    return Optional.of(new SealedBlock(epoch, ByteBuffer.wrap(in.bytes())));
  }
}
