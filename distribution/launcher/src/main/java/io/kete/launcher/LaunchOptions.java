// SPDX-License-Identifier: EPL-2.0
package io.kete.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the gateway is installed and where it keeps its data.
 *
 * @param home directory of the installation, only read
 * @param data directory for configuration, store, logs and caches
 */
record LaunchOptions(Path home, Path data) {

  static LaunchOptions parse(String... args) throws LaunchException {
    Optional<Path> home = Optional.empty();
    Optional<Path> data = Optional.empty();
    for (int i = 0; i < args.length; i += 2) {
      if (i + 1 == args.length) {
        throw new LaunchException("option " + args[i] + " needs a directory after it");
      }
      Path directory = Path.of(args[i + 1]).toAbsolutePath().normalize();
      switch (args[i]) {
        case "--home" -> home = Optional.of(directory);
        case "--data" -> data = Optional.of(directory);
        default ->
            throw new LaunchException(
                "unknown option " + args[i] + "; the options are --home DIR and --data DIR");
      }
    }
    Path installation = home.orElseThrow(() -> new LaunchException("option --home DIR is missing"));
    if (!Files.isRegularFile(installation.resolve(StartList.FILE))) {
      throw new LaunchException(
          installation + " is not a Kete installation: " + StartList.FILE + " is missing there");
    }
    return new LaunchOptions(installation, data.orElse(installation.resolve("data")));
  }
}
