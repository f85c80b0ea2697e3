// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.kura;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the build has put things. */
final class Home {

  static final Path ROOT = Path.of(System.getProperty("kete.root", "../..")).normalize();
  static final Path PACKAGES = ROOT.resolve("features/target");
  static final Path TARGET = Path.of("target").toAbsolutePath();

  private Home() {}

  /**
   * Every deployment package that fits this machine, in the order of their names; of several
   * versions the first one.
   */
  static List<Path> packages() throws IOException {
    List<Path> all = allPackages();
    return all.stream()
        .filter(file -> all.stream().noneMatch(earlier -> isLater(file, earlier)))
        .toList();
  }

  /** The next version of a package that the build made, if it made one. */
  static Optional<Path> next(Path file) throws IOException {
    return allPackages().stream().filter(later -> isLater(later, file)).findFirst();
  }

  private static boolean isLater(Path later, Path earlier) {
    return Upgrade.name(later).equals(Upgrade.name(earlier)) && later.compareTo(earlier) > 0;
  }

  private static List<Path> allPackages() throws IOException {
    String other = isArm() ? "x86_64" : "aarch64";
    try (Stream<Path> files = Files.list(PACKAGES)) {
      return files
          .filter(file -> file.toString().endsWith(".dp"))
          .filter(file -> !file.toString().contains(other))
          .sorted()
          .toList();
    }
  }

  private static boolean isArm() {
    return System.getProperty("os.arch", "").toLowerCase(Locale.ROOT).contains("aarch64");
  }
}
