// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import io.kete.buffer.h2.SeqRanges.Range;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The account of a stream at one moment. Of several the one with the highest version counts. It may
 * be older than the segments: then some samples are sent twice, none is lost.
 *
 * @param version grows with each head of a stream
 * @param incarnations by the first sequence number each of them holds for
 * @param lastSeq last sequence number on the medium when this head is on it
 * @param runMillis how long the stream has been running, all runs together; a clock nobody can set
 * @param cleanSegment number of the segment that may be continued, 0 unless the stream was closed
 *     in order
 * @param done what was delivered or dropped
 * @param dropped number of dropped samples by reason
 * @param drops dropped ranges the receiver does not know of yet
 * @param epochs key epochs the receiver has the key of
 */
record Head(
    long version,
    Map<Long, Long> incarnations,
    long lastSeq,
    long runMillis,
    long cleanSegment,
    List<Range> done,
    Map<String, Long> dropped,
    List<Drop> drops,
    List<String> epochs) {

  private static final int FORMAT = 1;

  Head {
    incarnations = Map.copyOf(incarnations);
    done = List.copyOf(done);
    dropped = Map.copyOf(dropped);
    drops = List.copyOf(drops);
    epochs = List.copyOf(epochs);
  }

  Frame toFrame() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(160);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      for (long value : new long[] {version, lastSeq, runMillis, cleanSegment}) {
        out.writeLong(value);
      }
      out.writeInt(incarnations.size());
      for (Map.Entry<Long, Long> entry : new TreeMap<>(incarnations).entrySet()) {
        out.writeLong(entry.getKey());
        out.writeLong(entry.getValue());
      }
      out.writeInt(done.size());
      for (Range range : done) {
        out.writeLong(range.first());
        out.writeLong(range.last());
      }
      out.writeInt(dropped.size());
      for (Map.Entry<String, Long> entry : new TreeMap<>(dropped).entrySet()) {
        out.writeUTF(entry.getKey());
        out.writeLong(entry.getValue());
      }
      out.writeInt(drops.size());
      for (Drop drop : drops) {
        out.writeLong(drop.incarnation());
        out.writeLong(drop.firstSeq());
        out.writeLong(drop.count());
        out.writeUTF(drop.reason());
      }
      out.writeInt(epochs.size());
      for (String epoch : epochs) {
        out.writeUTF(epoch);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return new Frame(Frame.Kind.HEAD, lastSeq, 0, bytes.toByteArray());
  }

  /** The head in the frame; empty when it is not a head of a known format. */
  static Optional<Head> of(Frame frame) {
    if (frame.kind() != Frame.Kind.HEAD) {
      return Optional.empty();
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(frame.payload()))) {
      return in.readByte() == FORMAT ? Optional.of(read(in)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Head read(DataInputStream in) throws IOException {
    long version = in.readLong();
    long lastSeq = in.readLong();
    long runMillis = in.readLong();
    long cleanSegment = in.readLong();
    Map<Long, Long> incarnations = new TreeMap<>();
    for (int left = count(in, 16); left > 0; left--) {
      incarnations.put(in.readLong(), in.readLong());
    }
    List<Range> done = new ArrayList<>();
    for (int left = count(in, 16); left > 0; left--) {
      done.add(new Range(in.readLong(), in.readLong()));
    }
    Map<String, Long> dropped = new TreeMap<>();
    for (int left = count(in, 10); left > 0; left--) {
      dropped.put(in.readUTF(), in.readLong());
    }
    List<Drop> drops = new ArrayList<>();
    for (int left = count(in, 26); left > 0; left--) {
      drops.add(new Drop(in.readLong(), in.readLong(), in.readLong(), in.readUTF()));
    }
    List<String> epochs = new ArrayList<>();
    for (int left = count(in, 2); left > 0; left--) {
      epochs.add(in.readUTF());
    }
    return new Head(
        version, incarnations, lastSeq, runMillis, cleanSegment, done, dropped, drops, epochs);
  }

  private static int count(DataInputStream in, int minBytes) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > in.available() / minBytes) {
      throw new IOException("impossible count");
    }
    return count;
  }
}
