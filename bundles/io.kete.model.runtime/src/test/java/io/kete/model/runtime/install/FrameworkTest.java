// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kete.model.api.SlotState;
import io.kete.model.runtime.TestModels;
import io.kete.model.runtime.TestModels.Draft;
import io.kete.model.runtime.World;
import io.kete.model.runtime.slot.SlotCore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** Bundles and dropped files in a real framework whose bundles are forgotten at each start. */
class FrameworkTest {

  @TempDir Path data;
  private Framework framework;
  private World world;
  private SlotCore slot;
  private ModelExtender extender;
  private DropFolder drop;

  @BeforeEach
  void start() throws Exception {
    Map<String, String> properties = new HashMap<>();
    properties.put(Constants.FRAMEWORK_STORAGE, data.resolve("cache").toString());
    properties.put(
        Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
    framework = new FrameworkFactory().newFramework(properties);
    framework.start();
    BundleContext context = framework.getBundleContext();
    Path models = data.resolve("models");
    world = new World(models);
    drop =
        new DropFolder(
            context,
            data.resolve("dropin"),
            models.resolve("bundles"),
            world.catalogue,
            world.gate,
            world.memory);
    extender = new ModelExtender(context, world.catalogue, Runnable::run, drop::forget);
    extender.open();
    drop.begin();
    slot = world.slot();
  }

  @AfterEach
  void stop() throws Exception {
    extender.close();
    slot.close();
    framework.stop();
    framework.waitForStop(10_000);
  }

  private void restart() throws Exception {
    stop();
    start();
  }

  private String serving() {
    return slot.state().serving().map(SlotState.Identity::version).orElse("none");
  }

  private Bundle install(Draft draft) throws Exception {
    Path jar = draft.jar(data.resolve("some.jar"));
    try (InputStream in = Files.newInputStream(jar)) {
      Bundle bundle = framework.getBundleContext().installBundle("there", in);
      bundle.start();
      return bundle;
    }
  }

  private static void update(Bundle bundle, Path jar) throws Exception {
    try (InputStream in = Files.newInputStream(jar)) {
      bundle.update(in);
    }
  }

  @Test
  void anUpdateReplacesTheModelAndAnUninstallEmptiesTheSlot() throws Exception {
    Bundle bundle = install(TestModels.draft("1.0.0"));
    assertThat(serving()).isEqualTo("1.0.0");
    bundle.stop();
    assertThat(serving()).isEqualTo("1.0.0");
    bundle.start();
    update(bundle, TestModels.draft("2.0.0").jar(data.resolve("2.jar")));
    assertThat(serving()).isEqualTo("2.0.0");
    assertThat(world.told()).containsExactly("ACTIVE 1.0.0", "ACTIVE 2.0.0", "RETIRED 1.0.0");
    bundle.uninstall();
    assertThat(serving()).isEqualTo("none");
    assertThat(world.engine.open()).isZero();
  }

  @Test
  void badBundlesAreRefusedWithTheReasonAndTheOldModelServesOn() throws Exception {
    Bundle bundle = install(TestModels.draft("1.0.0"));
    refused(bundle, TestModels.draft("2.0.0").withoutFile(), "there is no file model/model.sum");
    refused(
        bundle,
        TestModels.draft("2.0.1")
            .capability("io.kete.model;version:Version=\"2.0.1\";engine=\"sum\""),
        "has no attribute name");
    refused(
        bundle,
        TestModels.draft("2.0.2")
            .capability("io.kete.model;name=\"pump\";version:Version=\"3\";engine=\"sum\""),
        "the version is 3.0.0 in the manifest and 2.0.2 in model.json");
    refused(bundle, TestModels.draft("2.0.3").model("cut of"), "the file is no number");
    refused(
        bundle,
        TestModels.draft("2.0.4").roles("{\"name\":\"flow\"}").golden("[]"),
        "model.json.roles[0] has no");
    assertThat(world.catalogue.has("pump")).isTrue();
    bundle.uninstall();
    assertThat(serving()).isEqualTo("none");
  }

  private void refused(Bundle bundle, Draft draft, String reason) throws Exception {
    update(bundle, draft.jar(data.resolve("bad.jar")));
    assertThat(serving()).isEqualTo("1.0.0");
    assertThat(slot.state().lastRefusal()).contains(reason);
    assertThat(world.told().get(world.told().size() - 1)).startsWith("REJECTED").contains(reason);
  }

  private void dropIn(String name, Draft draft) throws IOException {
    Path fresh = draft.jar(data.resolve("fresh.jar"));
    Files.move(fresh, data.resolve("dropin/models").resolve(name), StandardCopyOption.ATOMIC_MOVE);
    drop.poll();
    drop.poll();
  }

  private List<String> names(String folder) throws IOException {
    Path path = data.resolve(folder);
    if (!Files.exists(path)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aDroppedModelServesAndIsThereAgainAfterARestart() throws Exception {
    dropIn("pump.jar", TestModels.draft("1.0.0"));
    assertThat(serving()).isEqualTo("1.0.0");
    assertThat(names("dropin/models")).isEmpty();
    assertThat(names("models/bundles")).containsExactly("test.models.pump.jar");
    dropIn("pump.jar", TestModels.draft("2.0.0"));
    assertThat(serving()).isEqualTo("2.0.0");
    restart();
    assertThat(serving()).isEqualTo("2.0.0");
    assertThat(world.told()).containsExactly("ACTIVE 2.0.0 restored");
    Bundle installed = framework.getBundleContext().getBundle("kete-model:test.models.pump");
    assertThat(installed.getVersion()).hasToString("2.0.0");
    installed.uninstall();
    assertThat(serving()).isEqualTo("none");
    assertThat(names("models/bundles")).isEmpty();
  }

  @Test
  void aDroppedFileThatIsRefusedIsPutAsideWithTheReasonAndNothingElseChanges() throws Exception {
    dropIn("pump.jar", TestModels.draft("2.0.0"));
    String wrong = "[{\"inputs\":[0,10],\"outputs\":[9],\"tolerance\":0.1}]";
    dropIn("golden.jar", TestModels.draft("3.0.0").golden(wrong));
    dropIn("old.jar", TestModels.draft("1.0.0"));
    dropIn("unsigned.jar", TestModels.draft("4.0.0").unsigned());
    Files.write(data.resolve("dropin/models/cut.jar"), cut());
    Files.writeString(data.resolve("dropin/models/text.jar"), "no jar");
    drop.poll();
    drop.poll();
    assertThat(names("dropin/models")).isEmpty();
    assertThat(names("dropin/rejected"))
        .contains("golden.jar", "old.jar", "unsigned.jar", "cut.jar", "text.jar");
    assertThat(reason("golden")).startsWith("golden vector 1");
    assertThat(reason("old")).startsWith("older than 2.0.0, which serves");
    assertThat(reason("unsigned")).isEqualTo("signature: not signed\n");
    assertThat(reason("cut")).contains("not a jar or is cut off");
    assertThat(serving()).isEqualTo("2.0.0");
    assertThat(framework.getBundleContext().getBundle("kete-model:test.models.pump").getVersion())
        .hasToString("2.0.0");
    assertThat(world.engine.open()).isEqualTo(1);
  }

  @Test
  void aDroppedFileMustNotBringCodeUnderTheSignatureOfAModel() throws Exception {
    dropIn("a.jar", TestModels.draft("1.0.0").header("bundle-Activator"));
    dropIn("b.jar", TestModels.draft("1.0.0").header("Import-Package"));
    dropIn("c.jar", TestModels.draft("1.0.0").entry("model/Evil.class"));
    dropIn("d.jar", TestModels.draft("1.0.0").entry("OSGI-INF/blueprint/x.xml"));
    for (String name : List.of("a", "b", "c", "d")) {
      assertThat(reason(name)).startsWith("a model holds data only, but");
    }
    assertThat(framework.getBundleContext().getBundles()).hasSize(1);
  }

  @Test
  void anInstalledBundleMustNotBringCodeEither() throws Exception {
    Bundle bundle = install(TestModels.draft("1.0.0"));
    refused(bundle, TestModels.draft("2.0.0").entry("model/Evil.class"), "holds data only");
    refused(bundle, TestModels.draft("2.0.1").entry("OSGI-INF/evil.xml"), "holds data only");
    refused(bundle, TestModels.draft("2.0.2").header("Service-Component"), "Service-Component");
  }

  private byte[] cut() throws IOException {
    byte[] whole = Files.readAllBytes(TestModels.draft("5.0.0").jar(data.resolve("whole.jar")));
    return Arrays.copyOf(whole, whole.length / 2);
  }

  private String reason(String name) throws IOException {
    return Files.readString(data.resolve("dropin/rejected/" + name + ".jar.reason"));
  }

  @Test
  void aFileThatIsStillBeingWrittenOrWaitsForItsEngineStays() throws Exception {
    Path jar = data.resolve("dropin/models/pump.jar");
    TestModels.draft("1.0.0").jar(jar);
    drop.poll();
    assertThat(serving()).isEqualTo("none");
    world.surroundings.remove(world.engine);
    drop.poll();
    assertThat(drop.problem()).hasValueSatisfying(p -> assertThat(p).contains("pump.jar waits"));
    assertThat(jar).exists();
    world.surroundings.add("sum", world.engine);
    await()
        .pollInterval(java.time.Duration.ofMillis(1))
        .until(
            () -> {
              drop.poll();
              return serving().equals("1.0.0");
            });
    assertThat(jar).doesNotExist();
    assertThat(drop.problem()).isEmpty();
  }

  @Test
  void aFileThatCannotBeMovedKeepsNoOtherOneWaiting() throws Exception {
    // a folder of that name stands where the file has to go
    Files.createDirectories(data.resolve("models/bundles/test.models.fan.jar/x"));
    dropIn("a.jar", TestModels.draft("1.0.0").name("fan"));
    assertThat(drop.problem()).hasValueSatisfying(p -> assertThat(p).contains("check owner"));
    assertThat(data.resolve("dropin/models/a.jar")).exists();
    dropIn("b.jar", TestModels.draft("1.0.0"));
    assertThat(serving()).isEqualTo("1.0.0");
  }

  @Test
  void aModelForWhichThereIsNoSlotIsKept() throws Exception {
    dropIn("fan.jar", TestModels.draft("1.0.0").name("fan"));
    assertThat(names("models/bundles")).containsExactly("test.models.fan.jar");
    assertThat(serving()).isEqualTo("none");
  }

  @Test
  void theEndOfTheFrameworkIsNoUninstall() throws Exception {
    install(TestModels.draft("1.0.0"));
    restart();
    assertThat(serving()).isEqualTo("1.0.0");
  }
}
