// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A gateway on this machine: where it is installed and where its data is.
 *
 * @param home directory of the installation
 * @param data data directory
 */
record Installation(Path home, Path data) {

  /** The process of the running gateway. */
  Optional<ProcessHandle> process() {
    return number("run/kete.pid").flatMap(ProcessHandle::of).filter(ProcessHandle::isAlive);
  }

  /** The port of the status page on the loopback address. */
  Optional<Integer> statusPort() {
    return number("run/status.port").map(Long::intValue);
  }

  Path runScript() {
    return home.resolve("bin/kete");
  }

  Path consoleLog() {
    return data.resolve("log/console.log");
  }

  private Optional<Long> number(String file) {
    Path path = data.resolve(file);
    try {
      return Optional.of(Long.parseLong(Files.readString(path).strip()));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
