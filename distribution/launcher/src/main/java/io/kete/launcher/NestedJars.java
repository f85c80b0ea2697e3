// SPDX-License-Identifier: EPL-2.0
package io.kete.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** Finds classes in bundles and in the jars inside of bundles, which it unpacks. */
final class NestedJars {

  private final Path directory;
  private final Map<Path, Map<String, Path>> known = new HashMap<>();

  NestedJars(Path directory) {
    this.directory = directory;
  }

  /** The file that holds a class of a bundle; empty when it is in none. */
  Optional<Path> fileOf(Path bundle, String className) throws IOException {
    Map<String, Path> classes = known.get(bundle);
    if (classes == null) {
      classes = Files.isRegularFile(bundle) ? classesOf(bundle) : Map.of();
      known.put(bundle, classes);
    }
    return Optional.ofNullable(classes.get(className + ".class"));
  }

  private Map<String, Path> classesOf(Path bundle) throws IOException {
    Map<String, Path> classes = new HashMap<>();
    List<Path> inner = new ArrayList<>();
    try (JarFile jar = new JarFile(bundle.toFile())) {
      for (JarEntry entry : jar.stream().toList()) {
        if (entry.getName().endsWith(".jar")) {
          inner.add(unpacked(jar, entry, bundle));
        } else {
          classes.put(entry.getName(), bundle);
        }
      }
    }
    for (Path file : inner) {
      try (JarFile jar = new JarFile(file.toFile())) {
        jar.stream().forEach(entry -> classes.putIfAbsent(entry.getName(), file));
      }
    }
    return classes;
  }

  private Path unpacked(JarFile jar, JarEntry entry, Path bundle) throws IOException {
    Files.createDirectories(directory);
    // named by us: an entry's own name could lead elsewhere
    String name = bundle.getFileName() + "-" + known.size() + "-" + entry.getCrc() + ".jar";
    Path file = directory.resolve(name);
    try (InputStream content = jar.getInputStream(entry)) {
      Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }
}
