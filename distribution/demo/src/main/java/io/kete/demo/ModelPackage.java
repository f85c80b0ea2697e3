// SPDX-License-Identifier: EPL-2.0
package io.kete.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes and signs the deployment package of a model bundle, as docs/operations.md says. */
final class ModelPackage {

  /** Symbolic name of the package. */
  static final String NAME = "kete-model-pump-anomaly";

  private static final String BUNDLE = "io.kete.models.pump.anomaly";
  private static final String MANIFEST = "META-INF/MANIFEST.MF";

  private ModelPackage() {}

  static void write(Path bundle, String version, Path file, Identity signer)
      throws IOException, GeneralSecurityException {
    String jar = BUNDLE + "-" + version + ".jar";
    String manifest =
        """
        Manifest-Version: 1.0
        DeploymentPackage-ManifestVersion: 1
        DeploymentPackage-SymbolicName: %s
        DeploymentPackage-Version: %s

        Name: %s
        Bundle-SymbolicName: %s
        Bundle-Version: %s

        """
            .formatted(NAME, version, jar, BUNDLE, version);
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(MANIFEST, manifest.getBytes(StandardCharsets.UTF_8));
    files.put(jar, Files.readAllBytes(bundle));
    StringBuilder inventory = new StringBuilder();
    for (Map.Entry<String, byte[]> each : files.entrySet()) {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(each.getValue());
      inventory
          .append(HexFormat.of().formatHex(digest))
          .append("  ")
          .append(each.getKey())
          .append('\n');
    }
    files.put(
        "META-INF/package.p7s", signer.sign(inventory.toString().getBytes(StandardCharsets.UTF_8)));
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> each : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(each.getKey()));
        zip.write(each.getValue());
        zip.closeEntry();
      }
    }
  }
}
