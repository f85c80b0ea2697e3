// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The source tree the tests belong to. */
final class Repository {

  private static final Path ROOT =
      Path.of(System.getProperty("kete.root", "..")).toAbsolutePath().normalize();
  private static final Pattern MODULE = Pattern.compile("<module>(?<name>[^<]+)</module>");
  private static final Set<String> NOT_OURS = Set.of("target", ".git", "node_modules", "data");

  private Repository() {}

  static Path root() {
    return ROOT;
  }

  /** All bundles of the build. */
  static List<Module> bundles() {
    Path folder = ROOT.resolve("bundles");
    return MODULE
        .matcher(text(folder.resolve("pom.xml")))
        .results()
        .map(MatchResult::group)
        .map(element -> element.replaceAll("</?module>", ""))
        .map(name -> new Module(folder.resolve(name)))
        .toList();
  }

  /** All files with this ending that people write. */
  static List<Path> sources(String suffix) {
    try (Stream<Path> paths = Files.find(ROOT, 30, (path, kind) -> kind.isRegularFile())) {
      return paths
          .filter(path -> path.toString().endsWith(suffix))
          .filter(Repository::isOurs)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOurs(Path path) {
    for (Path part : ROOT.relativize(path)) {
      if (NOT_OURS.contains(part.toString())) {
        return false;
      }
    }
    return true;
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
