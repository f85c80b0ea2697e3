// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.slot;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.data.api.ClockQuality;
import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import io.kete.model.api.Binding;
import io.kete.model.api.ModelSlot;
import io.kete.model.api.Scorer;
import io.kete.model.api.SlotState;
import io.kete.model.runtime.SumEngine;
import io.kete.model.runtime.TestModels;
import io.kete.model.runtime.TestModels.Draft;
import io.kete.model.runtime.World;
import io.kete.model.runtime.content.Candidate;
import io.kete.model.runtime.content.RefusedException;
import io.kete.model.runtime.install.Installed;
import io.kete.model.runtime.store.End;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlotTest {

  private static final Binding BINDING =
      new Binding("route", Map.of("flow", "f", "pressure", "p"), "");

  @TempDir Path folder;
  private World world;

  @BeforeEach
  void begin() {
    world = new World(folder);
  }

  private void install(long bundle, Draft draft) throws IOException, RefusedException {
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

  private static Sample sample(double flow, double pressure) {
    return new Sample(
        "pump-1",
        5,
        ClockQuality.UNKNOWN,
        List.of(
            Reading.Measured.good("f", TypedValues.newDoubleValue(flow), "", 5),
            Reading.Measured.good("p", TypedValues.newDoubleValue(pressure), "", 5)));
  }

  private static String version(SlotCore slot) {
    return slot.state().serving().map(SlotState.Identity::version).orElse("none");
  }

  private static float score(Sample sample) {
    return (Float) ((Reading.Measured) last(sample)).value().getValue();
  }

  private static Reading last(Sample sample) {
    return sample.readings().get(sample.readings().size() - 1);
  }

  @Test
  void servesTheNewestAndAddsScoreAndLineage() throws Exception {
    install(1, TestModels.draft("1.0.0").model("1"));
    install(2, TestModels.draft("1.10.0").model("3"));
    install(3, TestModels.draft("1.9.0").model("5"));
    SlotCore slot = world.slot();
    Sample scored = slot.open(BINDING).score(List.of(sample(2, 14))).get(0);
    assertThat(last(scored).channel()).isEqualTo("pump.score");
    assertThat(score(scored)).isEqualTo(2f + (14f - 10f) / 2f + 3f);
    assertThat(scored.lineage()).hasSize(1);
    assertThat(scored.lineage().get(0).version()).isEqualTo("1.10.0");
    assertThat(scored.lineage().get(0).inputs()).containsExactly("f", "p");
    assertThat(scored.lineage().get(0).outputs()).containsExactly("pump.score");
    assertThat(slot.state().serving().get().digest()).startsWith(scored.lineage().get(0).digest());
    assertThat(world.told()).containsExactly("ACTIVE 1.10.0");
  }

  @Test
  void marksSamplesAsLongAsThereIsNoModel() {
    SlotCore slot = world.slot();
    Sample passed = slot.open(BINDING).score(List.of(sample(1, 1))).get(0);
    assertThat(last(passed)).isEqualTo(new Reading.Failed("s.model", "none", 5));
    assertThat(passed.readings()).hasSize(3);
    assertThat(slot.status().problems()).anyMatch(p -> p.contains("has no model pump"));
  }

  @Test
  void refusesBadModelsWithTheReasonAndTheOldOneServesOn() throws Exception {
    install(1, TestModels.draft("1.0.0"));
    SlotCore slot = world.slot();
    String wrongGolden = "[{\"inputs\":[0,10],\"outputs\":[1.5],\"tolerance\":0.1}]";
    refused(slot, TestModels.draft("2.0.0").golden(wrongGolden), "golden vector 1: output score");
    refused(slot, TestModels.draft("2.0.1").model("no number"), "the file is no number");
    refused(slot, TestModels.draft("2.0.2").model("NaN"), "golden vector 1");
    refused(slot, TestModels.draft("2.0.3").unsigned(), "signature: not signed");
    refused(slot, TestModels.draft("2.0.4").model("throws"), "the engine broke");
    refused(slot, TestModels.draft("0.9.0"), "older than 1.0.0, which serves; set pin to 0.9.0");
    refused(slot, TestModels.draft("1.0.0").model("2"), "version 1.0.0 serves with other bytes");
    assertThat(slot.status().problems()).anyMatch(p -> p.endsWith("1.0.0 serves on"));
    assertThat(world.engine.open()).isEqualTo(1);
  }

  private void refused(SlotCore slot, Draft draft, String reason) throws Exception {
    int before = world.events.size();
    // an update of the one bundle
    install(1, draft);
    assertThat(version(slot)).isEqualTo("1.0.0");
    assertThat(slot.state().lastRefusal()).contains(reason);
    assertThat(world.told().subList(before, world.events.size())).hasSize(1);
    assertThat(world.told().get(before)).startsWith("REJECTED").contains(reason);
    world.catalogue.changed();
    assertThat(world.events).hasSize(before + 1);
  }

  @Test
  void aLastingRefusalIsNotTriedAgainEvenAfterARestart() throws Exception {
    install(1, TestModels.draft("1.0.0"));
    world.slot();
    String wrong = "[{\"inputs\":[0,10],\"outputs\":[9],\"tolerance\":0.1}]";
    install(2, TestModels.draft("2.0.0").golden(wrong));
    int loaded = world.engine.loaded();
    world.catalogue.changed();
    assertThat(world.engine.loaded()).isEqualTo(loaded);

    world = new World(folder);
    install(2, TestModels.draft("2.0.0").golden(wrong));
    SlotCore slot = world.slot();
    assertThat(world.engine.loaded()).isEqualTo(1);
    assertThat(version(slot)).isEqualTo("1.0.0");
    assertThat(slot.state().lastRefusal()).startsWith("2.0.0: golden vector 1");
    assertThat(world.told()).containsExactly("ACTIVE 1.0.0 restored");
  }

  @Test
  void restoresWhatServedWhenNothingIsInstalled() throws Exception {
    install(1, TestModels.draft("1.0.0").model("4"));
    SlotCore slot = world.slot();
    slot.close();
    assertThat(world.engine.open()).isZero();
    world = new World(folder);
    SlotCore again = world.slot();
    assertThat(version(again)).isEqualTo("1.0.0");
    assertThat(score(again.open(BINDING).score(List.of(sample(0, 10))).get(0))).isEqualTo(4f);
  }

  @Test
  void fallsBackToThePreviousGoodOneWhenTheStoredBytesAreDamaged() throws Exception {
    install(1, TestModels.draft("1.0.0"));
    SlotCore slot = world.slot();
    install(1, TestModels.draft("2.0.0"));
    String digest = slot.state().serving().get().digest();
    Files.writeString(folder.resolve(digest).resolve("model.sum"), "7");
    world = new World(folder);
    assertThat(version(world.slot())).isEqualTo("1.0.0");
  }

  @Test
  void aModelThatTookTheProcessWithItTwiceIsNotTriedAgain() throws Exception {
    install(1, TestModels.draft("1.0.0"));
    world.slot();
    Candidate deadly = TestModels.draft("2.0.0").candidate();
    // what a process that dies while loading leaves behind
    world.memory.write("s", world.memory.read("s").tryOut(deadly.digest()).tryOut(deadly.digest()));
    world = new World(folder);
    SlotCore slot = world.slot();
    install(2, TestModels.draft("2.0.0"));
    assertThat(version(slot)).isEqualTo("1.0.0");
    assertThat(slot.state().lastRefusal()).contains("the gateway ended 2 times");
    assertThat(world.engine.loaded()).isEqualTo(1);
  }

  @Test
  void aKillDuringALoadCostsTheModelNothing() throws Exception {
    install(1, TestModels.draft("1.0.0"));
    world.slot();
    Candidate unlucky = TestModels.draft("2.0.0").candidate();
    world.memory.write("s", world.memory.read("s").tryOut(unlucky.digest()));
    world = new World(folder);
    SlotCore slot = world.slot();
    install(2, TestModels.draft("2.0.0"));
    assertThat(version(slot)).isEqualTo("2.0.0");
    assertThat(slot.state().lastRefusal()).isEmpty();
  }

  @Test
  void aMachineThatWentDownIsBlamedOnAModelOnlyAfterTheThirdTime() throws Exception {
    install(1, TestModels.draft("1.0.0"));
    world.slot();
    Candidate unlucky = TestModels.draft("2.0.0").candidate();
    for (int start = 1; start <= 3; start++) {
      world.memory.write("s", world.memory.read("s").tryOut(unlucky.digest()));
      Path file = folder.resolve("slots/s.json");
      Files.writeString(
          file, Files.readString(file).replaceAll("\"boot\":\"[^\"]*\"", "\"boot\":\"-\""));
      assertThat(world.memory.read("s").attempts()).containsEntry(unlucky.digest(), start);
      assertThat(world.memory.end("s")).isEqualTo(End.MACHINE);
    }
    world = new World(folder);
    SlotCore slot = world.slot();
    install(2, TestModels.draft("2.0.0"));
    assertThat(slot.state().lastRefusal()).contains("the gateway ended 3 times");
  }

  @Test
  void aVersionThatEndsTheProcessAsSoonAsItServesGivesWayToTheOneBefore() throws Exception {
    install(1, TestModels.draft("1.0.0"));
    SlotCore slot = world.slot();
    install(1, TestModels.draft("2.0.0"));
    String digest = slot.state().serving().orElseThrow().digest();
    for (int start = 0; start < 2; start++) {
      world = new World(folder);
      assertThat(version(world.slot())).isEqualTo("2.0.0");
    }
    assertThat(world.memory.read("s").attempts()).containsEntry(digest, 3);
    world = new World(folder);
    assertThat(version(world.slot())).isEqualTo("1.0.0");
  }

  @Test
  void anUninstallEmptiesTheSlotForGood() throws Exception {
    install(1, TestModels.draft("1.0.0"));
    SlotCore slot = world.slot();
    install(1, TestModels.draft("2.0.0").model("broken"));
    assertThat(version(slot)).isEqualTo("1.0.0");
    world.catalogue.remove(1);
    assertThat(version(slot)).isEqualTo("none");
    assertThat(world.engine.open()).isZero();
    assertThat(world.told().get(world.told().size() - 1)).isEqualTo("RETIRED 1.0.0 uninstalled");
    world = new World(folder);
    assertThat(version(world.slot())).isEqualTo("none");
  }

  @Test
  void goesBackOnlyWhenPinnedAlsoToAVersionThatIsNoLongerInstalled() throws Exception {
    install(1, TestModels.draft("1.0.0"));
    SlotCore slot = world.slot();
    install(1, TestModels.draft("2.0.0"));
    slot.configure(World.settings("1.0.0"));
    assertThat(version(slot)).isEqualTo("1.0.0");
    slot.configure(World.settings("3.0.0"));
    assertThat(version(slot)).isEqualTo("1.0.0");
    assertThat(slot.status().problems()).anyMatch(p -> p.contains("neither installed nor kept"));
    slot.configure(World.settings(""));
    assertThat(version(slot)).isEqualTo("2.0.0");
    assertThat(world.engine.open()).isEqualTo(1);
  }

  @Test
  void waitsForEngineAndVerifierAndTakesANewEngineWithoutAGap() throws Exception {
    world.surroundings.remove(world.engine);
    install(1, TestModels.draft("1.0.0"));
    SlotCore slot = world.slot();
    assertThat(slot.status().problems()).anyMatch(p -> p.contains("there is no engine sum"));
    world.surroundings.add("sum", world.engine);
    world.catalogue.changed();
    assertThat(version(slot)).isEqualTo("1.0.0");

    world.surroundings.remove(world.engine);
    world.catalogue.changed();
    assertThat(version(slot)).isEqualTo("1.0.0");
    SumEngine other = new SumEngine();
    world.surroundings.add("sum", other);
    world.catalogue.changed();
    assertThat(other.open()).isEqualTo(1);
    assertThat(world.engine.open()).isZero();

    world.surroundings.remove(world.verifier);
    install(2, TestModels.draft("2.0.0"));
    assertThat(version(slot)).isEqualTo("1.0.0");
    assertThat(slot.status().problems()).anyMatch(p -> p.contains("there is no Verifier"));
  }

  @Test
  void unsignedModelsServeWhenTheVerifierAllowsThem() throws Exception {
    world.surroundings.remove(world.verifier);
    world.surroundings.add(World.verifier(true));
    install(1, TestModels.draft("1.0.0").unsigned());
    assertThat(version(world.slot())).isEqualTo("1.0.0");
  }

  @Test
  void doesNotTakeAModelWhoseRolesNoRouteBinds() throws Exception {
    install(1, TestModels.draft("1.0.0"));
    SlotCore slot = world.slot();
    Scorer scorer = slot.open(BINDING);
    install(
        2,
        TestModels.draft("2.0.0")
            .roles(
                TestModels.role("flow", "REFUSE", 0, 1)
                    + ","
                    + TestModels.role("speed", "REFUSE", 0, 1)));
    assertThat(version(slot)).isEqualTo("1.0.0");
    assertThat(slot.state().lastRefusal()).contains("binds no channel to role speed");
    scorer.close();
    assertThat(version(slot)).isEqualTo("2.0.0");
  }

  @Test
  void tellsWatchersAndCountsReplacedVersions() throws Exception {
    SlotCore slot = world.slot();
    AtomicInteger calls = new AtomicInteger();
    ModelSlot.Watch watch = slot.watch(calls::incrementAndGet);
    install(1, TestModels.draft("1.0.0"));
    install(1, TestModels.draft("2.0.0"));
    watch.close();
    install(1, TestModels.draft("3.0.0"));
    assertThat(calls).hasValue(2);
    assertThat(slot.status().facts()).containsEntry("swaps", 2L);
  }

  @Test
  void keepsOnDiskOnlyWhatIsNeeded() throws Exception {
    SlotCore slot = world.slot();
    for (int i = 1; i <= 9; i++) {
      install(1, TestModels.draft(i + ".0.0"));
    }
    assertThat(version(slot)).isEqualTo("9.0.0");
    try (var files = Files.list(folder)) {
      assertThat(files.filter(file -> file.getFileName().toString().length() == 64)).hasSize(4);
    }
  }

  @Test
  void aReportedBundleWithoutANameReachesUpstreamOnce() {
    SlotCore slot = world.slot();
    Installed nameless =
        new Installed("test.bad", "3.0.0", "", Optional.empty(), "no attribute name");
    assertThat(world.catalogue.put(4, nameless)).isTrue();
    assertThat(world.told()).containsExactly("REJECTED 3.0.0 no attribute name");
    assertThat(slot.state().lastRefusal()).isEqualTo("3.0.0: no attribute name");
  }
}
