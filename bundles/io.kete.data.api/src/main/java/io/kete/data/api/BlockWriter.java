// SPDX-License-Identifier: EPL-2.0
package io.kete.data.api;

import io.kete.data.api.Reading.Failed;
import io.kete.data.api.Reading.Measured;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.type.TypedValue;

/**
 * Writes blocks in format version 1 ({@code docs/record.md}). Keeps its buffers between calls, so
 * one writer serves one thread.
 */
public final class BlockWriter {

  static final int MAGIC = 0x4B;
  static final int VERSION = 1;

  private final Bytes body = new Bytes();
  private final Bytes whole = new Bytes();
  private final Map<String, Integer> texts = new HashMap<>();
  private final Bytes textBytes = new Bytes();
  private final Map<Lineage, Integer> lineages = new HashMap<>();
  private final Bytes lineageBytes = new Bytes();

  /** The bytes of a block. */
  public byte[] write(Block block) {
    clear();
    writeSamples(block.open());
    whole.put(MAGIC);
    whole.put(VERSION);
    writeHeader(block);
    whole.putVarint(texts.size());
    whole.put(textBytes);
    whole.putVarint(lineages.size());
    whole.put(lineageBytes);
    whole.put(body);
    if (block.sealed().isPresent()) {
      SealedBlock sealed = block.sealed().get();
      whole.put(1);
      whole.putText(sealed.epoch());
      whole.putBuffer(sealed.envelope());
    } else {
      whole.put(0);
    }
    return whole.toArray();
  }

  private void clear() {
    body.clear();
    whole.clear();
    textBytes.clear();
    lineageBytes.clear();
    texts.clear();
    lineages.clear();
  }

  private void writeHeader(Block block) {
    BlockId id = block.id();
    whole.putText(id.gateway());
    whole.putText(id.stream());
    whole.putVarint(id.incarnation());
    whole.putVarint(id.firstSeq());
    whole.putVarint(id.count());
    whole.putText(block.policy());
  }

  private void writeSamples(List<Sample> samples) {
    long previous = 0;
    for (Sample sample : samples) {
      body.putVarint(text(sample.asset()));
      body.putZigzag(sample.timeMillis() - previous);
      previous = sample.timeMillis();
      body.put(sample.clock().code());
      body.putVarint(sample.readings().size());
      for (Reading reading : sample.readings()) {
        writeReading(reading, sample.timeMillis());
      }
      body.putVarint(sample.lineage().size());
      for (Lineage lineage : sample.lineage()) {
        body.putVarint(lineage(lineage));
      }
    }
  }

  private void writeReading(Reading reading, long sampleTime) {
    boolean ownTime = reading.timeMillis() != sampleTime;
    boolean reason = !reading.reason().isEmpty();
    int type = reading instanceof Measured m ? ValueType.of(m.value()).code() : ValueType.NONE;
    body.put(type | (reading.quality().code() << 3) | (ownTime ? 0x20 : 0) | (reason ? 0x40 : 0));
    body.putVarint(text(reading.channel()));
    if (ownTime) {
      body.putZigzag(reading.timeMillis() - sampleTime);
    }
    if (reason) {
      body.putVarint(text(reading.reason()));
    }
    if (reading instanceof Measured measured) {
      body.putVarint(text(measured.unit()));
      writeValue(measured.value());
    } else if (!(reading instanceof Failed)) {
      throw new IllegalArgumentException("unknown kind of reading: " + reading.getClass());
    }
  }

  private void writeValue(TypedValue<?> typed) {
    Object value = typed.getValue();
    switch (ValueType.of(typed)) {
      case BOOLEAN -> body.put((Boolean) value ? 1 : 0);
      case BYTE_ARRAY -> body.putBytes((byte[]) value);
      case DOUBLE -> body.putLong(Double.doubleToRawLongBits((Double) value));
      case INTEGER -> body.putZigzag((Integer) value);
      case LONG -> body.putZigzag((Long) value);
      case FLOAT -> body.putInt(Float.floatToRawIntBits((Float) value));
      case STRING -> body.putText((String) value);
    }
  }

  private int text(String text) {
    Integer known = texts.get(text);
    if (known != null) {
      return known;
    }
    int index = texts.size();
    texts.put(text, index);
    textBytes.putText(text);
    return index;
  }

  private int lineage(Lineage lineage) {
    Integer known = lineages.get(lineage);
    if (known != null) {
      return known;
    }
    int index = lineages.size();
    lineages.put(lineage, index);
    lineageBytes.putVarint(text(lineage.slot()));
    lineageBytes.putVarint(text(lineage.model()));
    lineageBytes.putVarint(text(lineage.version()));
    lineageBytes.putVarint(text(lineage.digest()));
    writeNames(lineage.inputs());
    writeNames(lineage.outputs());
    return index;
  }

  private void writeNames(List<String> names) {
    lineageBytes.putVarint(names.size());
    for (String name : names) {
      lineageBytes.putVarint(text(name));
    }
  }
}
