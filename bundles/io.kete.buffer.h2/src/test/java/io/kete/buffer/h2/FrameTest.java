// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.buffer.h2.SeqRanges.Range;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FrameTest {

  private static final byte[] CONTENT = {1, 2, 3};

  @Test
  void hasTheBytesOfTheSpecification() {
    String expected =
        "4b424631" // magic
            + "01" // block
            + "00000003" // three bytes of payload
            + "0000000000000007" // first sequence number
            + "00000002" // two samples
            + "010203"
            + "68441856"; // CRC32C of all before
    assertThat(HexFormat.of().formatHex(Frame.block(7, 2, CONTENT).toBytes())).isEqualTo(expected);
  }

  @Test
  void readsWhatItWrote() {
    Frame frame = Frame.parse(Frame.block(7, 2, CONTENT).toBytes()).orElseThrow();
    assertThat(frame.kind()).isEqualTo(Frame.Kind.BLOCK);
    assertThat(frame.position()).isEqualTo(7);
    assertThat(frame.lastSeq()).isEqualTo(8);
    assertThat(frame.payload()).isEqualTo(CONTENT);
  }

  @Test
  void rejectsEveryFlippedBitAndEveryCut() {
    byte[] good = Frame.block(7, 2, CONTENT).toBytes();
    for (int bit = 0; bit < good.length * 8; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(Frame.parse(bad)).as("bit %d", bit).isEmpty();
    }
    for (int length = 0; length < good.length; length++) {
      assertThat(Frame.parse(Arrays.copyOf(good, length))).isEmpty();
    }
  }

  @Test
  void findsEachWholeFrameInRandomBytesAndNothingElse() {
    Random random = new Random(5);
    for (int round = 0; round < 300; round++) {
      byte[] noise = new byte[random.nextInt(3000) + 100];
      random.nextBytes(noise);
      byte[] frame = Frame.block(round + 1L, 1, new byte[random.nextInt(50)]).toBytes();
      int at = random.nextInt(noise.length - 99);
      byte[] file = Arrays.copyOf(noise, noise.length + frame.length);
      System.arraycopy(frame, 0, file, at, frame.length);
      int header = random.nextInt(noise.length - Frame.HEADER_BYTES);
      if (header + Frame.HEADER_BYTES < at) {
        System.arraycopy(
            Frame.block(9, 1, new byte[2000]).toBytes(), 0, file, header, Frame.HEADER_BYTES);
      }
      List<Frame> found = FrameScan.of(file).blocks();
      assertThat(found).hasSize(1).allMatch(f -> f.position() > 0);
    }
  }

  @Test
  void survivesAnyHeadPayload() {
    Random random = new Random(6);
    byte[] good = head().toFrame().payload();
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = good.clone();
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Head.of(
          new Frame(Frame.Kind.HEAD, 0, 0, Arrays.copyOf(bytes, random.nextInt(bytes.length + 1))));
    }
    assertThat(Head.of(head().toFrame())).contains(head());
  }

  private static Head head() {
    return new Head(
        5,
        Map.of(1L, 77L),
        900,
        12_345,
        3,
        List.of(new Range(1, 10), new Range(20, 30)),
        Map.of("max-bytes", 4L),
        List.of(new Drop(77, 7, 4, "max-bytes")),
        List.of("e1", "e2"));
  }
}
