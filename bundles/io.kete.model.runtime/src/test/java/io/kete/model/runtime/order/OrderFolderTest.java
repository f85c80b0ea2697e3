// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.model.api.SlotState;
import io.kete.model.runtime.Configurations;
import io.kete.model.runtime.TestModels;
import io.kete.model.runtime.World;
import io.kete.model.runtime.content.Candidate;
import io.kete.model.runtime.install.Installed;
import io.kete.model.runtime.slot.SlotCore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderFolderTest {

  @TempDir Path folder;
  private SlotCore slot;
  private OrderFolder orders;

  @BeforeEach
  void begin() throws Exception {
    World world = new World(folder.resolve("models"));
    slot = world.slot();
    for (String version : new String[] {"1.0.0", "2.0.0"}) {
      Candidate candidate = TestModels.draft(version).candidate();
      world.catalogue.put(1, new Installed("b", version, "pump", Optional.of(candidate), ""));
    }
    Orders given = new Orders();
    given.add(new Post("slot-1", slot));
    given.add(Configurations.of("slot-1", slot));
    orders = new OrderFolder(folder.resolve("dropin"), given);
    Files.createDirectories(folder.resolve("dropin/models"));
  }

  private Path drop(String text) throws Exception {
    return Files.writeString(folder.resolve("dropin/models/a.order"), text);
  }

  private String version() {
    return slot.state().serving().map(SlotState.Identity::version).orElse("none");
  }

  @Test
  void anOrderIsFollowedAndGone() throws Exception {
    Path file = drop("pin s 1.0.0\n");
    orders.poll();
    assertThat(version()).isEqualTo("1.0.0");
    assertThat(file).doesNotExist();
    assertThat(folder.resolve("dropin/rejected")).doesNotExist();
  }

  @Test
  void anOrderThatIsStillBeingWrittenWaits() throws Exception {
    Path file = drop("pin s 1.0");
    orders.poll();
    assertThat(file).exists();
    drop("pin s 1.0.0\n");
    orders.poll();
    assertThat(version()).isEqualTo("1.0.0");
  }

  @Test
  void aWrongOrderIsGoneWithItsReasonAndChangesNothing() throws Exception {
    for (String[] wrong :
        new String[][] {
          {"pin s 9.0.0\n", "version 9.0.0 is neither installed nor kept for slot s"},
          {"pin t 1.0.0\n", "there is no slot t"},
          {"\n", "an order has the form ACTION SLOT [VERSION]"},
          {"x".repeat(9_000), "an order is one line of at most 512 bytes"}
        }) {
      Path file = drop(wrong[0]);
      orders.poll();
      assertThat(file).doesNotExist();
      assertThat(folder.resolve("dropin/rejected/a.order.reason")).hasContent(wrong[1]);
      assertThat(version()).isEqualTo("2.0.0");
    }
  }

  @Test
  void anyTextIsFollowedOrRefusedButNeverFailsOtherwise() {
    Random random = new Random(8);
    byte[] good = "promote s 2.0.0".getBytes(StandardCharsets.US_ASCII);
    int followed = 0;
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = good.clone();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      Optional<String> reason = orders.follow(new String(bytes, StandardCharsets.UTF_8));
      reason.ifPresent(text -> assertThat(text).isNotBlank().hasSizeLessThan(200));
      followed += reason.isEmpty() ? 1 : 0;
    }
    assertThat(followed).isBetween(1, 4_999);
  }
}
