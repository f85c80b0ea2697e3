// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.kura;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Where the build has put things. */
final class Home {

  static final Path ROOT = Path.of(System.getProperty("kete.root", "../..")).normalize();
  static final Path PACKAGES = ROOT.resolve("features/target");
  static final Path TARGET = Path.of("target").toAbsolutePath();

  private Home() {}

  /** Every deployment package that fits this machine, in the order of their names. */
  static List<Path> packages() throws IOException {
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
