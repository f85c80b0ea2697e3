// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.kura;

import io.kete.features.DeploymentPackage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A package that can be installed and whose only bundle never starts. */
final class LamePackage {

  static final String NAME = "lame";
  static final String BUNDLE = "org.example.lame";

  private LamePackage() {}

  static Path write(Path directory) throws IOException {
    DeploymentPackage lame =
        new DeploymentPackage(NAME)
            .add(BUNDLE, bundle("org.bouncycastle.cms;version=\"[1.85,2)\""));
    Path file = directory.resolve(lame.fileName());
    try (OutputStream stream = Files.newOutputStream(file)) {
      lame.write(stream);
    }
    return file;
  }

  /** A bundle that needs one package and holds nothing. */
  static byte[] bundle(String imports) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", BUNDLE);
    main.putValue("Bundle-Version", "1.0.0");
    main.putValue("Import-Package", imports);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new JarOutputStream(bytes, manifest).close();
    return bytes.toByteArray();
  }
}
