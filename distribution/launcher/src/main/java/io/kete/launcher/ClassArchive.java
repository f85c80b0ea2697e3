// SPDX-License-Identifier: EPL-2.0
package io.kete.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Makes the list from which the Java machine writes its class archive ({@code -Xshare:dump}). A
 * start is mostly parsing and verifying of classes; an archive holds them parsed and verified,
 * those of bundles too. The machine takes a class from the archive only when the class file that
 * the bundle brings has the same length and checksum, so an archive that is out of date costs time
 * and nothing else.
 *
 * <p>What was loaded is taken from a former run: {@code loaded.jdk}, written by {@code
 * -XX:DumpLoadedClassList}, has the classes of the platform and of the launcher; {@code
 * loaded.log}, written by {@code -Xlog:class+load=debug}, has those of bundles with their
 * ancestors.
 */
public final class ClassArchive {

  private static final int WRONG_OPTIONS = 2;
  private static final Pattern NUMBERED = Pattern.compile("^(?<name>[^@\\s]\\S*) id: .*$");

  private ClassArchive() {}

  /**
   * Writes {@code classes.list} into the directory that is the only argument. Exit codes: 0
   * written, 1 could not, 2 wrong options.
   */
  public static void main(String... args) {
    if (args.length != 1) {
      System.err.println("kete: the class archive needs its directory and nothing else");
      System.exit(WRONG_OPTIONS);
    }
    try {
      write(Path.of(args[0]));
    } catch (IOException e) {
      System.err.println("kete: cannot prepare the class archive: " + e);
      System.exit(1);
    }
  }

  /** Gives how many classes of bundles are in the list. */
  static int write(Path directory) throws IOException {
    try (BufferedReader log = Files.newBufferedReader(directory.resolve("loaded.log"));
        PrintWriter list =
            new PrintWriter(
                Files.newBufferedWriter(
                    directory.resolve("classes.list"), StandardCharsets.UTF_8))) {
      Path platform = directory.resolve("loaded.jdk");
      if (Files.exists(platform)) {
        for (String line : Files.readAllLines(platform)) {
          // newer machines number the classes and add those of bundles; here both come from the log
          if (!line.contains(" source: ")) {
            list.println(NUMBERED.matcher(line).replaceFirst("${name}"));
          }
        }
      }
      NestedJars jars = new NestedJars(directory.resolve("nested"));
      LoadedClasses classes = new LoadedClasses(jars::fileOf);
      for (String line = log.readLine(); line != null; line = log.readLine()) {
        classes.read(line).ifPresent(list::println);
      }
      if (list.checkError()) {
        throw new IOException("the list was not written; check the space in " + directory);
      }
      return classes.ofBundles();
    }
  }
}
