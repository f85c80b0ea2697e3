// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import io.kete.buffer.api.Parcel;
import io.kete.data.api.Block;
import io.kete.data.api.BlockId;
import io.kete.data.api.ClockQuality;
import io.kete.data.api.Reading.Measured;
import io.kete.data.api.Sample;
import io.kete.data.api.SealedBlock;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.kura.type.TypedValues;

/** Parcels for tests. */
final class Parcels {

  static final String GATEWAY = "gw-1";

  private Parcels() {}

  /** A block of {@code count} samples with one reading each and no sealed part. */
  static Parcel.Samples open(long firstSeq, int count) {
    return new Parcel.Samples(block(firstSeq, samples(firstSeq, count), Optional.empty()), false);
  }

  /** A block of {@code count} samples with one open reading each and a sealed part. */
  static Parcel.Samples sealed(long firstSeq, int count) {
    SealedBlock sealed = new SealedBlock("ab12", ByteBuffer.wrap(new byte[] {0x30, 1, 2}));
    return new Parcel.Samples(
        block(firstSeq, samples(firstSeq, count), Optional.of(sealed)), false);
  }

  /** A block of one sample that holds a text of that length. */
  static Parcel.Samples large(long seq, int length) {
    Sample sample =
        new Sample(
            "pump-1",
            1_000,
            ClockQuality.SYNCHRONISED,
            List.of(
                Measured.good("log", TypedValues.newStringValue("x".repeat(length)), "", 1_000)));
    return new Parcel.Samples(block(seq, List.of(sample), Optional.empty()), false);
  }

  static Block block(long firstSeq, List<Sample> samples, Optional<SealedBlock> sealed) {
    return new Block(
        new BlockId(GATEWAY, "telemetry", 7, firstSeq, samples.size()), "1.2", samples, sealed);
  }

  static List<Sample> samples(long firstSeq, int count) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long time = 1_000 + firstSeq + i;
      samples.add(
          new Sample(
              "pump-1",
              time,
              ClockQuality.SYNCHRONISED,
              List.of(
                  Measured.good(
                      "flow",
                      TypedValues.newDoubleValue((double) (firstSeq + i)),
                      "l/min",
                      time))));
    }
    return samples;
  }
}
