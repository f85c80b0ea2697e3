// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageFileTest {

  private static final long LIMIT = 1 << 20;
  private static final int INPUTS = 20_000;
  private static final long SEED = 7_2026;
  private static final String MANIFEST = "META-INF/MANIFEST.MF";
  private static final String HEAD =
      "Manifest-Version: 1.0\n"
          + "DeploymentPackage-SymbolicName: p\n"
          + "DeploymentPackage-Version: 1.2\n\n";
  private static final String SECTION =
      "Name: a.jar\nBundle-SymbolicName: a;singleton:=true\nBundle-Version: 1.0\n\n";

  @TempDir Path folder;

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] zip(Map<String, byte[]> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] bundle(String headers) {
    return zip(Map.of(MANIFEST, text("Manifest-Version: 1.0\n" + headers + "\n")));
  }

  private static Map<String, byte[]> good() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(MANIFEST, text(HEAD + SECTION));
    files.put("a.jar", bundle("Bundle-SymbolicName: a\nBundle-Version: 1.0.0\n"));
    return files;
  }

  private PackageInfo read(byte[] content) throws IOException, RefusedException {
    Path file = Files.write(folder.resolve("p.dp"), content);
    return PackageFile.read(file, LIMIT);
  }

  private void refused(String reason, byte[] content) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> read(content))
        .withMessageContaining(reason);
  }

  @Test
  void readsNamesVersionsDigestsAndTheSignature() throws Exception {
    Map<String, byte[]> files = good();
    PackageInfo plain = read(zip(files));
    assertThat(plain.name()).isEqualTo("p");
    assertThat(plain.version()).isEqualTo("1.2.0");
    assertThat(plain.fileName()).isEqualTo("p_1.2.0.dp");
    assertThat(plain.signature()).isEmpty();
    assertThat(plain.parts())
        .singleElement()
        .satisfies(
            part -> {
              assertThat(part.symbolicName()).isEqualTo("a");
              assertThat(part.version()).isEqualTo("1.0.0");
            });
    files.put(PackageFile.SIGNATURE, text("signed"));
    PackageInfo signed = read(zip(files));
    assertThat(signed.inventory())
        .isEqualTo(plain.inventory())
        .matches("[0-9a-f]{64}  META-INF/MANIFEST.MF\n[0-9a-f]{64}  a.jar\n");
    assertThat(signed.signature()).isPresent();
    assertThat(signed.digest())
        .isNotEqualTo(plain.digest())
        .isEqualTo(Sha.of(folder.resolve("p.dp")));
  }

  @Test
  void refusesWhatIsNoPackage() {
    refused("no deployment package", text("hello"));
    refused("no deployment package", zip(Map.of("a.jar", text("x"))));
    refused(
        "DeploymentPackage-SymbolicName", zip(Map.of(MANIFEST, text("Manifest-Version: 1.0\n\n"))));
    refused("DeploymentPackage-Version", manifest(HEAD.replace("1.2", "one") + SECTION));
    refused("0 bundles", manifest(HEAD));
    refused(
        "fix packs",
        manifest(HEAD.replace("\n\n", "\nDeploymentPackage-FixPack: [1,2)\n\n") + SECTION));
  }

  private static byte[] manifest(String manifest) {
    Map<String, byte[]> files = good();
    files.put(MANIFEST, text(manifest));
    return zip(files);
  }

  @Test
  void refusesPathsThatLeadOutside() {
    for (String path :
        new String[] {
          "../a.jar", "/a.jar", "x/../../a.jar", "a\\..\\b.jar", "C:a.jar", "META-INF/../a"
        }) {
      refused("no plain relative path", manifest(HEAD + SECTION.replace("a.jar", path)));
    }
  }

  @Test
  void refusesWhatTheManifestDoesNotName() {
    Map<String, byte[]> more = good();
    more.put("../../etc/cron.d/evil", text("x"));
    refused("does not name", zip(more));
    refused("lacks [a.jar]", zip(Map.of(MANIFEST, text(HEAD + SECTION))));
    Map<String, byte[]> behind = good();
    behind.put(PackageFile.SIGNATURE, text("signed"));
    behind.put("b.jar", text("x"));
    refused("behind the signature", zip(behind));
  }

  @Test
  void refusesBundlesThatAreSomethingElse() {
    refused("calls it a", with(bundle("Bundle-SymbolicName: b\nBundle-Version: 1.0.0\n")));
    refused("calls it a", with(bundle("Bundle-SymbolicName: a\nBundle-Version: 2.0.0\n")));
    refused("no manifest", with(text("x")));
    refused(
        "extends the framework",
        with(
            bundle(
                """
                Bundle-SymbolicName: a
                Bundle-Version: 1.0.0
                Fragment-Host: system.bundle; extension:=framework
                """)));
    refused("only bundles", manifest(HEAD + "Name: a.jar\nResource-Processor: x\n\n"));
    refused(
        "customizers",
        manifest(HEAD + SECTION.replace("\n\n", "\nDeploymentPackage-Customizer: true\n\n")));
    refused("twice", manifest(HEAD + SECTION + SECTION.replace("a.jar", "b.jar")));
  }

  private static byte[] with(byte[] bundle) {
    Map<String, byte[]> files = good();
    files.put("a.jar", bundle);
    return zip(files);
  }

  @Test
  void refusesWhatInflatesWithoutEnd() {
    Map<String, byte[]> bomb = new LinkedHashMap<>();
    bomb.put("zeros", new byte[64 << 20]);
    refused("package.max-bytes", with(zip(bomb)));
    refused("package.max-bytes", with(new byte[2 << 20]));
    Map<String, byte[]> files = good();
    files.put(MANIFEST, new byte[8 << 20]);
    refused("longer than", zip(files));
  }

  @Test
  void anyChangeOfAPackageIsReadOrRefused() throws Exception {
    Random random = new Random(SEED);
    Map<String, byte[]> files = good();
    files.put(PackageFile.SIGNATURE, text("signed"));
    byte[] content = zip(files);
    PackageInfo whole = read(content);
    int changedButSame = 0;
    for (int i = 0; i < INPUTS; i++) {
      byte[] changed = content.clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      try {
        changedButSame += read(changed).inventory().equals(whole.inventory()) ? 1 : 0;
      } catch (RefusedException refused) {
        assertThat(refused.reason()).isNotBlank();
      }
    }
    assertThat(changedButSame).as("changes outside of what is read").isLessThan(INPUTS);
  }
}
