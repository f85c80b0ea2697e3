// SPDX-License-Identifier: EPL-2.0
package io.kete.data.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kete.data.api.Reading.Failed;
import io.kete.data.api.Reading.Measured;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.Test;

class BlockFormatTest {

  private static final int FUZZ_ROUNDS = 100_000;

  private final BlockWriter writer = new BlockWriter();

  @Test
  void writesTheBytesOfTheSpecification() {
    Sample sample =
        new Sample(
            "p",
            64,
            ClockQuality.SYNCHRONISED,
            List.of(
                Measured.good("f", TypedValues.newIntegerValue(-2), "l", 64),
                new Failed("g", "late", 65)));
    Block block =
        new Block(new BlockId("gw", "t", 5, 300, 1), "7", List.of(sample), Optional.empty());

    Expected expected = new Expected();
    expected.bytes(0x4B, 0x01); // magic, version
    expected.text("gw").text("t"); // gateway, stream
    expected.bytes(5); // incarnation
    expected.bytes(0xAC, 0x02); // firstSeq 300
    expected.bytes(1); // count
    expected.text("7"); // policy
    expected.bytes(5).text("p").text("f").text("l").text("g").text("late"); // texts in order of use
    expected.bytes(0); // no lineages
    expected.bytes(0); // sample: asset text 0
    expected.bytes(0x80, 0x01); // time 64, zigzag 128
    expected.bytes(2); // clock synchronised
    expected.bytes(2); // two readings
    expected.bytes(0x03, 1, 2, 3); // int, good, channel text 1, unit text 2, zigzag(-2)
    expected.bytes(
        0x07 | 2 << 3 | 0x20 | 0x40, 3, 2, 4); // no value, bad, channel 3, +1 ms, reason 4
    expected.bytes(0); // no lineage of the sample
    expected.bytes(0); // nothing sealed
    assertThat(writer.write(block)).isEqualTo(expected.toArray());
  }

  @Test
  void readsWhatItWrote() throws BlockFormatException {
    Random random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = writer.write(Blocks.random(random));
      Block read = BlockReader.read(ByteBuffer.wrap(bytes));
      assertThat(writer.write(read)).isEqualTo(bytes);
    }
  }

  @Test
  void keepsEveryFieldOfASample() throws BlockFormatException {
    Random random = new Random(2);
    for (int i = 0; i < 500; i++) {
      Block block = Blocks.random(random);
      Block read = BlockReader.read(ByteBuffer.wrap(writer.write(block)));
      assertThat(read.id()).isEqualTo(block.id());
      assertThat(read.policy()).isEqualTo(block.policy());
      assertThat(read.sealed()).isEqualTo(block.sealed());
      assertThat(read.open())
          .usingRecursiveComparison()
          .withStrictTypeChecking()
          .isEqualTo(block.open());
    }
  }

  @Test
  void refusesEveryShorterInput() {
    byte[] bytes = writer.write(Blocks.random(new Random(3)));
    for (int length = 0; length < bytes.length; length++) {
      ByteBuffer cut = ByteBuffer.wrap(bytes, 0, length);
      assertThatExceptionOfType(BlockFormatException.class).isThrownBy(() -> BlockReader.read(cut));
    }
  }

  @Test
  void refusesAnUnknownVersionByNumber() {
    byte[] bytes = writer.write(Blocks.random(new Random(4)));
    bytes[1] = 9;
    assertThatExceptionOfType(BlockFormatException.class)
        .isThrownBy(() -> BlockReader.read(ByteBuffer.wrap(bytes)))
        .withMessageContaining("version 9");
  }

  @Test
  void answersAnyBytesWithABlockOrAFormatException() {
    Random random = new Random(5);
    int read = 0;
    int located = 0;
    for (int i = 0; i < FUZZ_ROUNDS; i++) {
      byte[] bytes = writer.write(Blocks.random(random));
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        BlockReader.read(ByteBuffer.wrap(bytes));
        read++;
      } catch (BlockFormatException expected) {
        located += String.valueOf(expected.getMessage()).contains("at byte") ? 1 : 0;
      }
    }
    assertThat(read).as("mutations that still are blocks").isBetween(1, FUZZ_ROUNDS - 1);
    assertThat(read + located).as("each refusal says where").isEqualTo(FUZZ_ROUNDS);
  }

  @Test
  void allocatesNothingForAnAnnouncedSizeThatIsNotThere() {
    Expected huge = new Expected();
    huge.bytes(0x4B, 0x01).text("g").text("s").bytes(1, 1, 1).text("p");
    huge.bytes(0xFF, 0xFF, 0xFF, 0xFF, 0x07); // 2^31 texts
    assertThatExceptionOfType(BlockFormatException.class)
        .isThrownBy(() -> BlockReader.read(ByteBuffer.wrap(huge.toArray())))
        .withMessageContaining("impossible number of texts");
  }

  /** Bytes written by hand. */
  private static final class Expected {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Expected bytes(int... values) {
      for (int value : values) {
        out.write(value);
      }
      return this;
    }

    Expected text(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      out.write(utf8.length);
      out.writeBytes(utf8);
      return this;
    }

    byte[] toArray() {
      return out.toByteArray();
    }
  }
}
