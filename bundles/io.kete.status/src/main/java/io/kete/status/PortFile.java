// SPDX-License-Identifier: EPL-2.0
package io.kete.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Tells other programs of this machine, such as the kete command, on which port the page is. */
final class PortFile {
  private final Path file;

  /** The file {@code run/status.port} of a data directory. */
  PortFile(Path data) {
    this.file = data.resolve("run").resolve("status.port");
  }

  /** Never seen half written. */
  void write(int port) throws IOException {
    Path folder = file.resolveSibling(".");
    Files.createDirectories(folder);
    Path unfinished = file.resolveSibling("status.port.unfinished");
    Files.writeString(unfinished, port + "\n");
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
  }
}
