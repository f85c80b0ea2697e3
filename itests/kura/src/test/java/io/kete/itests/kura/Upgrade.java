// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.kura;

import io.kete.features.DeploymentPackage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A package as its next version: the one that the build made, else the same bundles under a higher
 * version.
 */
final class Upgrade {

  private static final String VERSION = "1.0.1";

  private Upgrade() {}

  /** Name of the package in a file. */
  static String name(Path file) {
    String text = String.valueOf(file.getFileName());
    return text.substring(0, text.lastIndexOf('_'));
  }

  /** Symbolic names of the bundles in a package. */
  static List<String> symbolicNames(Path file) throws IOException {
    try (JarInputStream jar = new JarInputStream(Files.newInputStream(file))) {
      return jar.getManifest().getEntries().values().stream()
          .map(section -> section.getValue("Bundle-SymbolicName"))
          .toList();
    }
  }

  /** The next version of a package. */
  static Path of(Path file, Path directory) throws IOException {
    Optional<Path> made = Home.next(file);
    return made.isPresent() ? made.get() : raised(file, directory);
  }

  private static Path raised(Path file, Path directory) throws IOException {
    DeploymentPackage next = new DeploymentPackage(name(file));
    try (JarInputStream jar = new JarInputStream(Files.newInputStream(file))) {
      for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
        String label = entry.getName().replaceFirst("-[0-9][^-]*\\.jar$", "");
        next.add(label, raised(jar.readAllBytes()));
      }
    }
    Path result = directory.resolve(next.fileName());
    try (OutputStream stream = Files.newOutputStream(result)) {
      next.write(stream);
    }
    return result;
  }

  private static byte[] raised(byte[] bundle) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Manifest manifest = manifest(bundle);
    try (JarOutputStream target = new JarOutputStream(bytes, manifest);
        JarInputStream source = new JarInputStream(new ByteArrayInputStream(bundle))) {
      for (JarEntry entry = source.getNextJarEntry();
          entry != null;
          entry = source.getNextJarEntry()) {
        if (!entry.getName().startsWith("META-INF/MANIFEST")) {
          target.putNextEntry(new JarEntry(entry.getName()));
          source.transferTo(target);
          target.closeEntry();
        }
      }
    }
    return bytes.toByteArray();
  }

  private static Manifest manifest(byte[] bundle) throws IOException {
    Manifest manifest = new Manifest();
    try (JarInputStream source = new JarInputStream(new ByteArrayInputStream(bundle))) {
      Manifest first = source.getManifest();
      if (first == null) {
        for (JarEntry entry = source.getNextJarEntry();
            entry != null;
            entry = source.getNextJarEntry()) {
          if ("META-INF/MANIFEST.MF".equals(entry.getName())) {
            InputStream text = source;
            manifest.read(text);
            break;
          }
        }
      } else {
        manifest = first;
      }
    }
    Attributes main = manifest.getMainAttributes();
    String old = main.getValue("Bundle-Version");
    main.putValue("Bundle-Version", VERSION);
    String host = main.getValue("Fragment-Host");
    if (host != null) {
      main.putValue("Fragment-Host", host.replace(old, VERSION));
    }
    return manifest;
  }
}
