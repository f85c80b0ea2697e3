// SPDX-License-Identifier: EPL-2.0
package io.kete.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MakeFeaturesTest {

  private static final String LONG =
      "org.example.a.rather.long.symbolic.name.that.needs.more.than.one.line.of.a.manifest.file";

  @TempDir Path directory;
  private Path bundles;
  private Path list;

  @BeforeEach
  void bundles() throws IOException {
    bundles = Files.createDirectory(directory.resolve("bundles"));
    list = directory.resolve("features.list");
    Files.write(bundles.resolve("a.jar"), bundle("org.example.a;singleton:=true", "1.2.3"));
    Files.write(bundles.resolve("b.jar"), bundle(LONG, "2.0.0"));
  }

  @Test
  void putsTheManifestFirstAndFilesInItsOrder() throws IOException {
    Files.writeString(list, "# a comment\n\nkete-x b a\n");
    Path file = MakeFeatures.make(list, bundles, directory.resolve("out")).get(0);
    assertThat(file).hasFileName("kete-x_2.0.0.dp");
    List<String> names = new ArrayList<>();
    try (JarInputStream jar = new JarInputStream(Files.newInputStream(file))) {
      Manifest manifest = jar.getManifest();
      assertThat(manifest.getMainAttributes().getValue("DeploymentPackage-SymbolicName"))
          .isEqualTo("kete-x");
      assertThat(manifest.getMainAttributes().getValue("DeploymentPackage-Version"))
          .isEqualTo("2.0.0");
      for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
        names.add(entry.getName() + ' ' + entry.getAttributes().getValue("Bundle-SymbolicName"));
      }
      assertThat(manifest.getEntries()).containsOnlyKeys("b-2.0.0.jar", "a-1.2.3.jar");
    }
    assertThat(names).containsExactly("b-2.0.0.jar " + LONG, "a-1.2.3.jar org.example.a");
  }

  @Test
  void givesTheSameBytesEachTime() throws IOException {
    Files.writeString(list, "kete-x a b\n");
    byte[] first =
        Files.readAllBytes(MakeFeatures.make(list, bundles, directory.resolve("1")).get(0));
    byte[] second =
        Files.readAllBytes(MakeFeatures.make(list, bundles, directory.resolve("2")).get(0));
    assertThat(second).isEqualTo(first);
  }

  @Test
  void removesPackagesOfAnEarlierRun() throws IOException {
    Path out = Files.createDirectory(directory.resolve("out"));
    Files.writeString(out.resolve("kete-x_0.9.0.dp"), "old");
    Files.writeString(list, "kete-x a b\n");
    MakeFeatures.make(list, bundles, out);
    assertThat(out).isDirectoryContaining("glob:**kete-x_1.2.3.dp");
    assertThat(out).isDirectoryNotContaining("glob:**kete-x_0.9.0.dp");
  }

  @Test
  void refusesABundleInTwoPackagesUnlessTheyAreAlternatives() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Feature.parse(List.of("x a b", "y b")))
        .withMessage("b stands in x and in y");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Feature.parse(List.of("m|x a b", "n|y b")))
        .withMessage("b stands in x and in y");
    assertThat(Feature.parse(List.of("m|x a b", "m|y b"))).hasSize(2);
  }

  @Test
  void makesSeveralVersionsOfOnePackage() throws IOException {
    Files.write(bundles.resolve("a@1.3.0.jar"), bundle("org.example.a", "1.3.0"));
    Files.writeString(list, "kete-x a\nkete-y b\nkete-x a@1.3.0\n");
    List<Path> made = MakeFeatures.make(list, bundles, directory.resolve("out"));
    assertThat(made)
        .extracting(file -> String.valueOf(file.getFileName()))
        .containsExactly("kete-x_1.2.3.dp", "kete-y_2.0.0.dp", "kete-x_1.3.0.dp");
    try (JarInputStream jar = new JarInputStream(Files.newInputStream(made.get(2)))) {
      assertThat(jar.getManifest().getEntries()).containsOnlyKeys("a-1.3.0.jar");
    }
  }

  @Test
  void refusesASecondVersionThatIsNone() throws IOException {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Feature.parse(List.of("x a", "x a@2 b")))
        .withMessage("x stands in the list twice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Feature.parse(List.of("x a", "y a@2")))
        .withMessage("a stands in x and in y");
    Files.write(bundles.resolve("a@2.jar"), bundle("org.example.a", "1.2.3"));
    Files.writeString(list, "x a\nx a@2\ny b\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MakeFeatures.make(list, bundles, directory))
        .withMessage("x_1.2.3.dp is made twice");
  }

  @Test
  void refusesABundleThatHidesInTwoPackagesUnderTwoFileNames() throws IOException {
    Files.write(bundles.resolve("c.jar"), bundle("org.example.a", "3.0.0"));
    Files.writeString(list, "x a b\ny c\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MakeFeatures.make(list, bundles, directory))
        .withMessage("bundle org.example.a is in x and in y");
  }

  @Test
  void refusesWhatIsNoList() {
    assertThatIllegalArgumentException().isThrownBy(() -> Feature.parse(List.of("x")));
    assertThatIllegalArgumentException().isThrownBy(() -> Feature.parse(List.of("X a")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Feature.parse(List.of("x a", "x b")))
        .withMessage("x stands in the list twice");
  }

  @Test
  void refusesABundleThatIsInNoPackage() throws IOException {
    Files.writeString(list, "x a\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MakeFeatures.make(list, bundles, directory))
        .withMessage("b stands in no feature");
  }

  @Test
  void refusesAJarThatIsNoBundle() throws IOException {
    Files.write(bundles.resolve("b.jar"), bundle("", ""));
    Files.writeString(list, "x a b\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MakeFeatures.make(list, bundles, directory))
        .withMessage("x: b is not a bundle");
  }

  private static byte[] bundle(String symbolicName, String version) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (!symbolicName.isEmpty()) {
      main.putValue("Bundle-SymbolicName", symbolicName);
      main.putValue("Bundle-Version", version);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new JarOutputStream(bytes, manifest).close();
    return bytes.toByteArray();
  }
}
