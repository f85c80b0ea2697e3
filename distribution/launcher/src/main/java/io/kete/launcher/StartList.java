// SPDX-License-Identifier: EPL-2.0
package io.kete.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bundles of the gateway in the order of their installation, one line each: start level, blank,
 * file name. Lines that begin with {@code #} are comments.
 */
record StartList(List<Entry> entries) {

  /** Path of the list below the installation. */
  static final String FILE = "bundles/start.list";

  private static final Pattern LINE = Pattern.compile("(?<level>[1-9][0-9]?)\\s+(?<file>\\S+)");

  /** One bundle. */
  record Entry(int startLevel, Path file) {}

  StartList {
    entries = List.copyOf(entries);
  }

  static StartList read(Path home) throws LaunchException {
    Path list = home.resolve(FILE);
    List<Entry> entries = new ArrayList<>();
    int number = 0;
    for (String line : lines(list)) {
      number++;
      String text = line.strip();
      if (!text.isEmpty() && !text.startsWith("#")) {
        entries.add(entry(list, number, text));
      }
    }
    return new StartList(entries);
  }

  /** The highest start level of the list. */
  int lastLevel() {
    return entries.stream().mapToInt(Entry::startLevel).max().orElse(1);
  }

  private static List<String> lines(Path list) throws LaunchException {
    try {
      return Files.readAllLines(list);
    } catch (IOException e) {
      throw new LaunchException("cannot read " + list + ": " + e, e);
    }
  }

  private static Entry entry(Path list, int number, String text) throws LaunchException {
    String where = list + " line " + number + ": ";
    Matcher parts = LINE.matcher(text);
    if (!parts.matches()) {
      throw new LaunchException(where + "expected START-LEVEL FILE, found '" + text + "'");
    }
    Path file = list.resolveSibling(parts.group("file")).normalize();
    if (!file.startsWith(list.resolveSibling("")) || !Files.isRegularFile(file)) {
      throw new LaunchException(
          where + "there is no bundle " + parts.group("file") + "; install Kete anew");
    }
    return new Entry(Integer.parseInt(parts.group("level")), file);
  }
}
