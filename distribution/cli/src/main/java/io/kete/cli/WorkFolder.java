// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A folder for what is not finished; it goes away with everything in it.
 *
 * @param path the folder
 */
record WorkFolder(Path path) implements AutoCloseable {

  /** In the folder for temporary files. */
  static WorkFolder temporary() throws IOException {
    return new WorkFolder(Files.createTempDirectory("kete-model"));
  }

  /** In this folder, so that what is finished can be moved out of it at once. */
  static WorkFolder in(Path folder) throws IOException {
    Files.createDirectories(folder.toAbsolutePath());
    return new WorkFolder(Files.createTempDirectory(folder.toAbsolutePath(), ".kete-model"));
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
