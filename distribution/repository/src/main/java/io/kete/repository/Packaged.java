// SPDX-License-Identifier: EPL-2.0
package io.kete.repository;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A deployment package as it lies there.
 *
 * @param name its symbolic name
 * @param version its version
 * @param bundles the bytes of its bundles by {@code <symbolic name>-<version>.jar}, in their order
 */
record Packaged(String name, String version, Map<String, byte[]> bundles) {

  static Packaged read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        ZipInputStream zip = new ZipInputStream(in)) {
      ZipEntry first = zip.getNextEntry();
      if (first == null || !first.getName().equals(JarFile.MANIFEST_NAME)) {
        throw new IOException(file + " is no deployment package");
      }
      Manifest manifest = new Manifest(new ByteArrayInputStream(zip.readAllBytes()));
      Map<String, byte[]> bundles = new LinkedHashMap<>();
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Attributes section = manifest.getAttributes(entry.getName());
        if (section != null && section.getValue("Bundle-SymbolicName") != null) {
          String label =
              section.getValue("Bundle-SymbolicName").split(";", 2)[0].strip()
                  + '-'
                  + section.getValue("Bundle-Version").strip()
                  + ".jar";
          bundles.put(label, zip.readAllBytes());
        }
      }
      Attributes main = manifest.getMainAttributes();
      return new Packaged(
          main.getValue("DeploymentPackage-SymbolicName"),
          main.getValue("DeploymentPackage-Version"),
          bundles);
    }
  }

  String fileName() {
    return name + '_' + version + ".dp";
  }
}
