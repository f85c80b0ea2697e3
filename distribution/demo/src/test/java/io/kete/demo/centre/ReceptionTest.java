// SPDX-License-Identifier: EPL-2.0
package io.kete.demo.centre;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReceptionTest {
  private static final Map<String, Object> SECRET_1 =
      Map.of("setpoint", 1_234_567_890L, "operator", "OP-0000000000001");
  private static final Map<String, Object> SECRET_2 =
      Map.of("setpoint", -5L, "operator", "OP-0000000000002");

  private final FakeGateway gateway = new FakeGateway();
  private KeyPair centre;
  private Reception reception;

  @BeforeEach
  void open() throws Exception {
    centre = FakeGateway.centre();
    reception =
        new Reception(
            centre.getPrivate(), Set.of("operator", "setpoint"), Pattern.compile("OP-\\d{13}"));
  }

  private void receiveBlock() throws Exception {
    reception.accept(gateway.sample(1, 100, Map.of("serial", 1L, "flow", 0.5), 1));
    reception.accept(
        gateway.sample(2, 150, Map.of("serial", 2L, "flow#quality", "BAD: timeout"), 1));
    reception.accept(gateway.sealed(1, List.of(SECRET_1, SECRET_2)));
  }

  @Test
  void joinsOpenAndSealedParts() throws Exception {
    reception.accept(gateway.key(centre));
    receiveBlock();

    assertThat(reception.faults()).isEmpty();
    assertThat(reception.samples())
        .containsExactly(
            new Received(
                1,
                100,
                "pump-1",
                Map.of(
                    "serial",
                    1L,
                    "flow",
                    0.5,
                    "setpoint",
                    1_234_567_890L,
                    "operator",
                    "OP-0000000000001"),
                Map.of(),
                List.of()),
            new Received(
                2,
                150,
                "pump-1",
                Map.of("serial", 2L, "setpoint", -5L, "operator", "OP-0000000000002"),
                Map.of("flow", "BAD: timeout"),
                List.of()));
    assertThat(reception.highest("serial")).isEqualTo(2);
    assertThat(reception.counts()).isEqualTo(new Reception.Counts(4, 2, 1, 0, 0, 0));
  }

  @Test
  void opensSealedRecordsOnceTheirKeyArrives() throws Exception {
    receiveBlock();
    assertThat(reception.faults()).anyMatch(fault -> fault.contains("without the key"));
    assertThat(reception.highest("serial")).isZero();

    reception.accept(gateway.key(centre));
    assertThat(reception.faults()).isEmpty();
    assertThat(reception.highest("serial")).isEqualTo(2);
  }

  @Test
  void dropsSecondCopies() throws Exception {
    reception.accept(gateway.key(centre));
    receiveBlock();
    receiveBlock();
    assertThat(reception.counts().duplicates()).isEqualTo(3);
    assertThat(reception.samples()).hasSize(2);
    assertThat(reception.faults()).isEmpty();
  }

  @Test
  void noticesTwoSamplesWithOneNumber() throws Exception {
    reception.accept(gateway.sample(1, 100, Map.of("serial", 1L), 0));
    reception.accept(gateway.sample(1, 100, Map.of("serial", 2L), 0));
    assertThat(reception.faults()).anyMatch(fault -> fault.contains("number 1"));
  }

  @Test
  void noticesAGapAndALackingSealedPart() throws Exception {
    reception.accept(gateway.sample(1, 100, Map.of("serial", 1L), 0));
    reception.accept(gateway.sample(4, 100, Map.of("serial", 4L), 4));
    assertThat(reception.faults())
        .contains("samples 2 to 3 never arrived", "1 samples lack their sealed part");
  }

  @Test
  void noticesASecretInClearByNameAndByText() throws Exception {
    reception.accept(gateway.sample(1, 100, Map.of("setpoint", 1L), 0));
    reception.accept(gateway.sample(2, 100, Map.of("note", "by OP-0000000000001 today"), 0));
    assertThat(reception.counts().leaks()).isEqualTo(2);
    assertThat(reception.faults()).contains("2 messages held a sealed channel in clear");
  }

  @Test
  void refusesABlockThatDiffersFromItsRecord() throws Exception {
    reception.accept(gateway.key(centre));
    List<Map<String, Object>> samples = List.of(SECRET_1);
    reception.accept(gateway.sealed(1, samples, FakeGateway.block(2, samples)));
    assertThat(reception.faults()).anyMatch(fault -> fault.contains("differs from its metrics"));
    assertThat(reception.samples()).isEmpty();
  }

  @Test
  void refusesAKeyForSomebodyElse() throws Exception {
    reception.accept(gateway.key(FakeGateway.centre()));
    receiveBlock();
    assertThat(reception.faults()).anyMatch(fault -> fault.contains("cannot be opened"));
    assertThat(reception.counts().sealedBlocks()).isZero();
  }

  @Test
  void survivesAnyBytes() throws Exception {
    reception.accept(gateway.key(centre));
    Random random = new Random(42);
    byte[][] seeds = {
      gateway.sample(1, 100, Map.of("serial", 1L, "flow", 0.5), 1),
      gateway.sealed(1, List.of(SECRET_1, SECRET_2)),
      gateway.key(centre)
    };
    for (int i = 0; i < 1_500; i++) {
      byte[] mutated = seeds[i % seeds.length].clone();
      for (int change = 0; change <= i % 5; change++) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
      }
      reception.accept(mutated);
    }
    assertThat(reception.counts().messages()).isEqualTo(1_501);
  }

  @Test
  void refusesEveryTornBlock() throws Exception {
    byte[] block = FakeGateway.block(1, List.of(SECRET_1, SECRET_2));
    assertThat(BlockContent.read(block).samples()).containsExactly(SECRET_1, SECRET_2);
    Random random = new Random(43);
    int refused = 0;
    for (int length = 0; length < block.length; length++) {
      refused += isRefused(Arrays.copyOf(block, length)) ? 1 : 0;
    }
    assertThat(refused).isEqualTo(block.length);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = block.clone();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      isRefused(bytes);
    }
  }

  private static boolean isRefused(byte[] bytes) {
    try {
      BlockContent.read(bytes);
      return false;
    } catch (RecordException expected) {
      return true;
    }
  }
}
