// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartialPackageTest {

  private static final long LIMIT = 1 << 24;
  private static final int LARGE = 300_000;
  private static final String MANIFEST = "META-INF/MANIFEST.MF";

  @TempDir Path folder;

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] zip(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** Three bundles, of which the second is larger than any block; signed. */
  private Path whole() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    StringBuilder manifest =
        new StringBuilder(
            "DeploymentPackage-SymbolicName: p\nDeploymentPackage-Version: 1.2.0\n\n");
    for (String name : new String[] {"a", "b", "c"}) {
      manifest.append("Name: %s.jar%nBundle-SymbolicName: %s%n".formatted(name, name));
      manifest.append("Bundle-Version: 1.0.0\n\n");
      byte[] noise = new byte[name.equals("b") ? LARGE : 10];
      new Random(1).nextBytes(noise);
      Map<String, byte[]> bundle = new LinkedHashMap<>();
      String own = "Manifest-Version: 1.0\nBundle-SymbolicName: %s\nBundle-Version: 1.0.0\n\n";
      bundle.put(MANIFEST, text(own.formatted(name)));
      bundle.put("noise", noise);
      files.put(name + ".jar", zip(bundle));
    }
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.put(MANIFEST, text("Manifest-Version: 1.0\n" + manifest));
    all.putAll(files);
    all.put(PackageFile.SIGNATURE, new byte[] {1, 2, 3});
    return Files.write(folder.resolve("whole.dp"), zip(all));
  }

  private PackageInfo read(Path whole, Set<String> without) throws Exception {
    Path part = folder.resolve("part.dp");
    try (InputStream in = new PartialPackage(whole, without)) {
      Files.write(part, in.readAllBytes());
    }
    return PackageFile.read(part, LIMIT);
  }

  @Test
  void whatIsLeftIsAPackageOfTheSameNameWithTheSameBytes() throws Exception {
    Path whole = whole();
    PackageInfo before = PackageFile.read(whole, LIMIT);
    PackageInfo left = read(whole, Set.of("a.jar", "c.jar"));
    assertThat(left.name()).isEqualTo("p");
    assertThat(left.version()).isEqualTo("1.2.0");
    assertThat(left.parts()).containsExactly(before.parts().get(1));
    assertThat(left.signature()).isEmpty();
  }

  @Test
  void withoutAnyOfItsBundlesItHasItsNameOnly() throws Exception {
    try (JarInputStream left =
        new JarInputStream(new PartialPackage(whole(), Set.of("a.jar", "b.jar", "c.jar")))) {
      Manifest manifest = left.getManifest();
      assertThat(manifest.getMainAttributes().getValue("DeploymentPackage-SymbolicName"))
          .isEqualTo("p");
      assertThat(manifest.getEntries()).isEmpty();
      assertThat(left.getNextEntry()).isNull();
    }
  }

  @Test
  void readByteByByteItIsTheSame() throws Exception {
    Path whole = whole();
    ByteArrayOutputStream single = new ByteArrayOutputStream();
    try (InputStream in = new PartialPackage(whole, Set.of("b.jar"))) {
      for (int value = in.read(); value >= 0; value = in.read()) {
        single.write(value);
      }
    }
    Path part = Files.write(folder.resolve("single.dp"), single.toByteArray());
    assertThat(PackageFile.read(part, LIMIT).parts())
        .isEqualTo(read(whole, Set.of("b.jar")).parts());
  }
}
