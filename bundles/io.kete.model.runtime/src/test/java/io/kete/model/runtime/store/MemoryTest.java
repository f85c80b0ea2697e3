// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.model.runtime.TestModels;
import io.kete.model.runtime.content.Candidate;
import io.kete.model.runtime.content.ModelFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryTest {

  @TempDir Path folder;

  private static ModelFiles files(String version) throws Exception {
    return TestModels.draft(version).candidate().files();
  }

  @Test
  void whatIsWrittenIsReadAgain() throws Exception {
    Memory memory = new Memory(folder);
    ModelFiles one = files("1.0.0");
    ModelFiles two = files("2.0.0");
    SlotRecord record = SlotRecord.NOTHING.serve(one.digest());
    memory.write("s", record, one);
    record = record.serve(two.digest()).tryOut(one.digest()).tryOut(one.digest());
    memory.write("s", record, two);
    record = record.refuse("ab".repeat(32), "a \"reason\"");
    memory.write("s", record);

    Memory again = new Memory(folder);
    assertThat(again.read("s"))
        .isEqualTo(
            new SlotRecord(
                Optional.of(two.digest()),
                List.of(one.digest()),
                Map.of("ab".repeat(32), "a \"reason\""),
                Map.of(one.digest(), 2)));
    assertThat(again.find(two.digest()).map(Candidate::version)).hasToString("Optional[2.0.0]");
    assertThat(again.find(one.digest()).orElseThrow().files().signature()).isPresent();
    assertThat(again.read("other")).isEqualTo(SlotRecord.NOTHING);
  }

  @Test
  void whatAKillLeftHalfWrittenIsNotSeenAndGoesAway() throws Exception {
    Memory memory = new Memory(folder);
    ModelFiles one = files("1.0.0");
    Path half = Files.createDirectories(folder.resolve(".new-" + one.digest()));
    Files.writeString(half.resolve("model.json"), "{");
    Files.createDirectories(folder.resolve("slots"));
    Files.writeString(folder.resolve("slots/.s.json.new"), "{");
    Path unnamed = Files.createDirectories(folder.resolve("cd".repeat(32)));
    assertThat(memory.find(one.digest())).isEmpty();
    assertThat(memory.read("s")).isEqualTo(SlotRecord.NOTHING);
    memory.write("s", SlotRecord.NOTHING.serve(one.digest()), one);
    assertThat(memory.find(one.digest())).isPresent();
    assertThat(half).doesNotExist();
    assertThat(unnamed).doesNotExist();
  }

  @Test
  void aModelThatAnySlotNeedsIsKept() throws Exception {
    Memory memory = new Memory(folder);
    ModelFiles one = files("1.0.0");
    ModelFiles two = files("2.0.0");
    memory.write("a", SlotRecord.NOTHING.serve(one.digest()), one);
    memory.write("b", SlotRecord.NOTHING.serve(two.digest()), two);
    memory.write("b", SlotRecord.NOTHING);
    assertThat(memory.find(one.digest())).isPresent();
    assertThat(memory.find(two.digest())).isEmpty();
  }

  @Test
  void remembersNoMoreThanThereIsRoomFor() {
    SlotRecord record = SlotRecord.NOTHING;
    for (int i = 0; i < 100; i++) {
      record = record.serve("s" + i).refuse("r" + i, "why");
    }
    assertThat(record.previous()).containsExactly("s98", "s97", "s96");
    assertThat(record.refused()).hasSize(64).containsKey("r99").doesNotContainKey("r35");
  }

  @Test
  void anyBytesAsARecordAreReadOrTakenForNothing() throws Exception {
    Memory memory = new Memory(folder);
    memory.write("s", SlotRecord.NOTHING.serve("ab".repeat(32)).refuse("cd".repeat(32), "why"));
    Path file = folder.resolve("slots/s.json");
    byte[] good = Files.readAllBytes(file);
    Random random = new Random(5);
    int nothing = 0;
    for (int i = 0; i < 500; i++) {
      byte[] bytes = good.clone();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      Files.write(file, bytes);
      nothing += memory.read("s").equals(SlotRecord.NOTHING) ? 1 : 0;
    }
    assertThat(nothing).isBetween(1, 499);
  }
}
