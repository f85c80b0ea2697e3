// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.rules;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** A bundle as it lies in its folder after the build. */
record Module(Path folder) {

  /** Name of the folder, which is symbolic name, artifact and root package as well. */
  String name() {
    return folder.getFileName().toString();
  }

  /** Whether it holds code of ours; the others wrap a library or data. */
  boolean hasCode() {
    return Files.isDirectory(folder.resolve("src/main/java"));
  }

  Path classes() {
    return folder.resolve("target/classes");
  }

  /** Whether a class was compiled here; what a bundle embeds lies beside it. */
  static boolean isOurs(Path classFile) {
    String source =
        classFile
            .toString()
            .replace("target/classes", "src/main/java")
            .replaceAll("(\\$.*)?\\.class$", ".java");
    return Files.exists(Path.of(source));
  }

  Manifest manifest() throws IOException {
    try (InputStream content = Files.newInputStream(classes().resolve("META-INF/MANIFEST.MF"))) {
      return new Manifest(content);
    }
  }

  String header(String name) throws IOException {
    return Optional.ofNullable(manifest().getMainAttributes().getValue(name)).orElse("");
  }

  /** Declarations of components. */
  List<Path> components() throws IOException {
    return files(classes().resolve("OSGI-INF"), 1, ".xml");
  }

  private static List<Path> files(Path folder, int depth, String suffix) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(folder, depth)) {
      return paths.filter(path -> path.toString().endsWith(suffix)).sorted().toList();
    }
  }
}
