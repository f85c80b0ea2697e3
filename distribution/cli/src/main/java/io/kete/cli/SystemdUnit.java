// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The service that runs the gateway of the package. Where there is one, starting and stopping go
 * through it: otherwise systemd would not know of the process, or would start it again.
 */
record SystemdUnit(String name) {

  private static final Path RUNNING = Path.of("/run/systemd/system");
  private static final Path UNIT = Path.of("/lib/systemd/system/kete.service");
  private static final Path DATA = Path.of("/var/lib/kete");

  static Optional<SystemdUnit> of(Installation gateway) throws IOException {
    boolean ours =
        Files.isDirectory(RUNNING)
            && Files.isRegularFile(UNIT)
            && Files.isDirectory(gateway.data())
            && gateway.data().toRealPath().equals(DATA);
    return ours ? Optional.of(new SystemdUnit("kete.service")) : Optional.empty();
  }

  /** Asks systemd; what it complains about is shown to the operator. */
  Process order(String verb) throws IOException {
    return new ProcessBuilder("systemctl", verb, name)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
