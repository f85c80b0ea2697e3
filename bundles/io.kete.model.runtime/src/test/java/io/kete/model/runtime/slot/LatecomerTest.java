// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.slot;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.model.api.SlotState;
import io.kete.model.runtime.TestModels;
import io.kete.model.runtime.TestModels.Draft;
import io.kete.model.runtime.World;
import io.kete.model.runtime.content.Candidate;
import io.kete.model.runtime.install.Installed;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatecomerTest {

  private static final String OLDER = "older than 2.0.0, which serves; set pin to 1.0.0 to go back";

  @TempDir Path folder;
  private World world;

  @BeforeEach
  void begin() {
    world = new World(folder);
  }

  /** Each in a bundle of its own. */
  private void install(long bundle, Draft draft) throws Exception {
    Candidate candidate = draft.candidate();
    world.catalogue.put(
        bundle,
        new Installed(
            "b" + bundle,
            candidate.version().toString(),
            candidate.descriptor().name(),
            Optional.of(candidate),
            ""));
  }

  private static String version(SlotCore slot) {
    return slot.state().serving().map(SlotState.Identity::version).orElse("none");
  }

  @Test
  void anOlderVersionInABundleOfAnotherNameIsRefusedAloud() throws Exception {
    install(1, TestModels.draft("2.0.0"));
    SlotCore slot = world.slot();
    install(2, TestModels.draft("1.0.0"));
    assertThat(version(slot)).isEqualTo("2.0.0");
    assertThat(world.told()).containsExactly("ACTIVE 2.0.0", "REJECTED 1.0.0 " + OLDER);
    assertThat(slot.state().lastRefusal()).isEqualTo("1.0.0: " + OLDER);
    assertThat(slot.status().problems()).anyMatch(problem -> problem.contains(OLDER));
    slot.changed();
    assertThat(world.told()).as("told once").hasSize(2);
    assertThat(slot.status().problems()).as("and shown on").anyMatch(p -> p.contains(OLDER));

    world.catalogue.remove(2);
    assertThat(slot.status().problems()).as("until it is taken away").isEmpty();
  }

  @Test
  void otherBytesOfTheSameVersionInAnotherBundleAreRefusedAloud() throws Exception {
    install(1, TestModels.draft("2.0.0"));
    world.slot();
    install(2, TestModels.draft("2.0.0").model("7"));
    assertThat(world.told()).hasSize(2);
    assertThat(world.told().get(1))
        .contains("REJECTED 2.0.0 version 2.0.0 serves with other bytes");
  }

  @Test
  void versionsThatLaySideBySideFromTheStartAreNotRefused() throws Exception {
    install(1, TestModels.draft("2.0.0"));
    install(2, TestModels.draft("1.0.0"));
    SlotCore slot = world.slot();
    slot.changed();
    assertThat(world.told()).containsExactly("ACTIVE 2.0.0");
    assertThat(slot.status().problems()).isEmpty();
  }

  @Test
  void whatAnotherSlotWaitsForIsNotRefused() throws Exception {
    install(1, TestModels.draft("2.0.0"));
    SlotCore follows = world.slot();
    SlotCore pinned = world.slot(SlotSettings.of("test", "other", "pump", "1.0.0", "events"));
    install(2, TestModels.draft("1.0.0"));
    assertThat(version(follows)).isEqualTo("2.0.0");
    assertThat(version(pinned)).isEqualTo("1.0.0");
    assertThat(world.told()).containsExactly("ACTIVE 2.0.0", "ACTIVE 1.0.0");
    assertThat(follows.status().problems()).isEmpty();
  }

  @Test
  void aPinLetsTheLatecomerServe() throws Exception {
    install(1, TestModels.draft("2.0.0"));
    SlotCore slot = world.slot();
    install(2, TestModels.draft("1.0.0"));
    slot.configure(World.settings("1.0.0"));
    assertThat(version(slot)).isEqualTo("1.0.0");
    assertThat(slot.status().problems()).isEmpty();
    slot.configure(World.settings(""));
    assertThat(version(slot)).isEqualTo("2.0.0");
    assertThat(world.told())
        .endsWith("ACTIVE 1.0.0", "RETIRED 2.0.0", "ACTIVE 2.0.0", "RETIRED 1.0.0");
  }

  @Test
  void manyRefusedModelsAreToldOnceEach() throws Exception {
    install(1, TestModels.draft("1.0.0"));
    SlotCore slot = world.slot();
    for (int i = 2; i <= 20; i++) {
      install(i, TestModels.draft(i + ".0.0").unsigned());
    }
    assertThat(world.told()).hasSize(20);
    slot.changed();
    slot.changed();
    assertThat(world.told())
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 20)
                .mapToObj(
                    i -> i == 1 ? "ACTIVE 1.0.0" : "REJECTED " + i + ".0.0 signature: not signed")
                .toList());
    assertThat(slot.status().facts().get("models")).asString().contains("20.0.0");
  }
}
