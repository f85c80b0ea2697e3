// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.policy.cms.Identity;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PackageCommandTest {

  private static final String MANIFEST =
      "Manifest-Version: 1.0\nDeploymentPackage-SymbolicName: p\nDeploymentPackage-Version: 1\n\n";

  @TempDir Path directory;

  private final StringWriter err = new StringWriter();

  private int execute(String... args) {
    CommandLine command = Kete.commandLine();
    command.setErr(new PrintWriter(err, true));
    command.setOut(new PrintWriter(new StringWriter(), true));
    return command.execute(args);
  }

  private Path packaged(String manifest) throws Exception {
    Path file = directory.resolve("p.dp");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
      zip.write(manifest.getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("a.jar"));
      zip.write(new byte[] {1, 2, 3});
    }
    return file;
  }

  private int sign(Path file, Identity key, Identity certificate) throws Exception {
    Path keyFile = Files.writeString(directory.resolve("a.key"), key.keyPem());
    Path certificateFile = Files.writeString(directory.resolve("a.pem"), certificate.pem());
    return execute(
        "package",
        "sign",
        file.toString(),
        "--key",
        keyFile.toString(),
        "--cert",
        certificateFile.toString());
  }

  @Test
  void theSignatureIsTheLastFileAndCoversAllOthers() throws Exception {
    Identity vendor = Identity.ec("vendor");
    Path file = packaged(MANIFEST);
    assertThat(sign(file, vendor, vendor)).as(err.toString()).isEqualTo(ExitCode.OK);
    assertThat(sign(file, vendor, vendor)).as("once more").isEqualTo(ExitCode.OK);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      List<String> names = new ArrayList<>();
      Collections.list(zip.entries()).forEach(entry -> names.add(entry.getName()));
      assertThat(names).containsExactly("META-INF/MANIFEST.MF", "a.jar", "META-INF/package.p7s");
      String inventory =
          sha256(MANIFEST.getBytes(StandardCharsets.UTF_8))
              + "  META-INF/MANIFEST.MF\n"
              + sha256(new byte[] {1, 2, 3})
              + "  a.jar\n";
      CMSSignedData data =
          new CMSSignedData(
              new CMSProcessableByteArray(inventory.getBytes(StandardCharsets.UTF_8)),
              zip.getInputStream(zip.getEntry("META-INF/package.p7s")).readAllBytes());
      SignerInformation info = data.getSignerInfos().getSigners().iterator().next();
      assertThat(info.verify(new JcaSimpleSignerInfoVerifierBuilder().build(vendor.certificate())))
          .isTrue();
    }
  }

  private static String sha256(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }

  @Test
  void signsNothingThatIsWrong() throws Exception {
    Identity vendor = Identity.ec("vendor");
    Path file = packaged(MANIFEST);
    byte[] before = Files.readAllBytes(file);
    assertThat(sign(file, vendor, Identity.ec("other"))).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("not the certificate of this key");
    assertThat(file).hasBinaryContent(before);
    Path jar = packaged("Manifest-Version: 1.0\n\n");
    assertThat(sign(jar, vendor, vendor)).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("no deployment package");
    assertThat(directory.resolve("p.dp.unfinished")).doesNotExist();
    assertThat(execute("package")).isEqualTo(ExitCode.USAGE);
  }
}
