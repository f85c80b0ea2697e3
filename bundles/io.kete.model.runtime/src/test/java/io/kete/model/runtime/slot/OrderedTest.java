// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kete.model.api.SlotState;
import io.kete.model.runtime.TestModels;
import io.kete.model.runtime.World;
import io.kete.model.runtime.content.Candidate;
import io.kete.model.runtime.install.Installed;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

/** Promote and roll back, as the configuration has them. */
class OrderedTest {

  private static final Guards SHADOW = new Guards(100, 0, 0, 24, 0);

  @TempDir Path folder;
  private World world;
  private SlotCore slot;

  @BeforeEach
  void begin() {
    world = new World(folder);
    slot = world.slot();
  }

  private void install(long bundle, String version) throws Exception {
    Candidate candidate = TestModels.draft(version).model(version.substring(0, 1)).candidate();
    world.catalogue.put(
        bundle,
        new Installed("b", candidate.version().toString(), "pump", Optional.of(candidate), ""));
  }

  private static String version(SlotCore slot) {
    return slot.state().serving().map(SlotState.Identity::version).orElse("none");
  }

  @Test
  void aRolledBackVersionGivesWayToTheOneBeforeAndANewerOneServesByItself() throws Exception {
    install(1, "1.0.0");
    install(1, "2.0.0");
    slot.configure(World.ordered("", "", "2.0.0"));
    assertThat(version(slot)).isEqualTo("1.0.0");
    assertThat(world.told()).endsWith("ACTIVE 1.0.0 rolled back from 2.0.0", "RETIRED 2.0.0");
    assertThat(slot.status().facts()).containsEntry("rollback", "2.0.0");
    assertThat(slot.status().problems()).isEmpty();
    world.catalogue.changed();
    assertThat(version(slot)).isEqualTo("1.0.0");

    world = new World(folder);
    install(1, "2.0.0");
    slot = world.slot(World.ordered("", "", "2.0.0"));
    assertThat(version(slot)).isEqualTo("1.0.0");
    install(1, "3.0.0");
    assertThat(version(slot)).isEqualTo("3.0.0");
  }

  @Test
  void nothingIsHeldAgainstARolledBackVersion() throws Exception {
    install(1, "1.0.0");
    install(1, "2.0.0");
    slot.configure(World.ordered("", "", "2.0.0"));
    slot.configure(World.ordered("2.0.0", "", "2.0.0"));
    assertThat(version(slot)).isEqualTo("2.0.0");
    int told = world.told().size();
    world.catalogue.changed();
    assertThat(world.told()).as("a pin is stronger, and nothing goes to and fro").hasSize(told);
    slot.configure(World.ordered("", "", "2.0.0"));
    assertThat(version(slot)).isEqualTo("1.0.0");
    slot.configure(World.ordered("", "", ""));
    assertThat(version(slot)).isEqualTo("2.0.0");
    assertThat(world.engine.open()).isEqualTo(1);
  }

  @Test
  void anOlderVersionThatIsInstalledAndNeverServedFollowsAsWell() throws Exception {
    install(2, "2.0.0");
    install(1, "1.0.0");
    assertThat(version(slot)).isEqualTo("2.0.0");
    slot.configure(World.ordered("", "", "2.0.0").with(SHADOW));
    assertThat(version(slot)).isEqualTo("1.0.0");
  }

  @Test
  void theOnlyVersionServesOnAndTheStatusSaysSo() throws Exception {
    install(1, "2.0.0");
    slot.configure(World.ordered("", "", "2.0.0, 1.0.0"));
    assertThat(version(slot)).isEqualTo("2.0.0");
    assertThat(slot.status().problems())
        .containsExactly(
            "slot s cannot go back from 2.0.0, no older version is installed or kept; it serves on");
    slot.configure(World.ordered("", "", ""));
    assertThat(slot.status().problems()).isEmpty();
  }

  @Test
  void aPromotedVersionNeedsNoShadowAndEndsOne() throws Exception {
    install(1, "1.0.0");
    slot.configure(World.ordered("", "3.0.0", "").with(SHADOW));
    install(1, "2.0.0");
    assertThat(version(slot)).isEqualTo("1.0.0");
    assertThat(slot.compared()).contains(new Version("2.0.0"));
    slot.configure(World.ordered("", "2.0.0", "").with(SHADOW));
    assertThat(version(slot)).isEqualTo("2.0.0");
    assertThat(world.told()).endsWith("ACTIVE 2.0.0 promoted", "RETIRED 1.0.0");
    slot.configure(World.ordered("", "3.0.0", "").with(SHADOW));
    install(1, "3.0.0");
    assertThat(version(slot)).isEqualTo("3.0.0");
    assertThat(world.engine.open()).isEqualTo(1);
  }

  @Test
  void aRolledBackVersionLeavesTheShadow() throws Exception {
    install(1, "1.0.0");
    slot.configure(World.settings("").with(SHADOW));
    install(1, "2.0.0");
    slot.configure(World.ordered("", "", "2.0.0").with(SHADOW));
    assertThat(slot.compared()).isEmpty();
    assertThat(world.engine.open()).isEqualTo(1);
  }

  @Test
  void twoSlotsServeTwoVersionsOfAModelSideBySide() throws Exception {
    install(1, "1.0.0");
    install(2, "2.0.0");
    SlotCore other = world.slot(SlotSettings.of("test", "t", "pump", "1.0.0", ""));
    assertThat(version(slot)).isEqualTo("2.0.0");
    assertThat(version(other)).isEqualTo("1.0.0");
    assertThat(world.engine.open()).isEqualTo(2);
    slot.configure(World.ordered("", "", "2.0.0"));
    other.configure(SlotSettings.of("test", "t", "pump", "2.0.0", ""));
    assertThat(version(slot)).isEqualTo("1.0.0");
    assertThat(version(other)).isEqualTo("2.0.0");
    assertThat(world.engine.open()).isEqualTo(2);
  }

  @Test
  void wrongOrdersAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> World.ordered("", "new", ""))
        .withMessageContaining("promote='new' has to be a version");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> World.ordered("", "", "1.0.0,x"))
        .withMessageContaining("rollback='x' has to be a version");
    String many = "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> World.ordered("", "", many))
        .withMessageContaining("rollback has 17 versions, allowed are 16");
  }
}
