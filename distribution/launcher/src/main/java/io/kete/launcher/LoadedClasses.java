// SPDX-License-Identifier: EPL-2.0
package io.kete.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns the machine's log of loaded classes into lines of a class list. An event is two lines: the
 * name with its source, then the address of the class, its ancestors and its loader.
 */
final class LoadedClasses {

  /** Finds the file that holds a class. */
  interface Files {
    Optional<Path> of(Path bundle, String className) throws IOException;
  }

  private static final Pattern NAME = Pattern.compile("\\] ([\\w.$]+) source: (.+)$");
  private static final Pattern CLASS =
      Pattern.compile(
          "klass: (0x\\w+)(?: super: (0x\\w+))?(?: interfaces: ((?:0x\\w+ ?)+))?.*?loader: (.*)$");
  private static final String FILE = "file:";

  private final Files files;
  private final Map<String, Integer> ids = new HashMap<>();
  private final Set<String> names = new HashSet<>();
  private @Nullable Matcher named;
  private int last;
  private int ofBundles;

  LoadedClasses(Files files) {
    this.files = files;
  }

  int ofBundles() {
    return ofBundles;
  }

  /** Takes a line of the log; gives a line of the list when a class is complete. */
  Optional<String> read(String line) throws IOException {
    Matcher name = NAME.matcher(line);
    if (name.find()) {
      named = name;
      return Optional.empty();
    }
    Matcher details = CLASS.matcher(line);
    Matcher former = named;
    if (former == null || !details.find()) {
      return Optional.empty();
    }
    named = null;
    String className = former.group(1).replace('.', '/');
    String source = former.group(2);
    if (isBuiltIn(details.group(4))) {
      boolean known =
          source.startsWith("jrt:") || source.startsWith("shared") || source.startsWith(FILE);
      return known ? Optional.of(className + " id: " + id(details.group(1))) : Optional.empty();
    }
    return source.startsWith(FILE) ? ofBundle(className, source, details) : Optional.empty();
  }

  private Optional<String> ofBundle(String className, String source, Matcher details)
      throws IOException {
    Integer parent = ids.get(details.group(2));
    if (parent == null || !names.add(className)) {
      return Optional.empty();
    }
    StringBuilder ancestors = new StringBuilder(" super: ").append(parent);
    if (details.group(3) != null) {
      ancestors.append(" interfaces:");
      for (String address : details.group(3).strip().split(" ", -1)) {
        Integer id = ids.get(address);
        if (id == null) {
          return Optional.empty();
        }
        ancestors.append(' ').append(id);
      }
    }
    Optional<Path> file = files.of(Path.of(source.substring(FILE.length())), className);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    ofBundles++;
    return Optional.of(
        className + " id: " + id(details.group(1)) + ancestors + " source: " + file.get());
  }

  private int id(String address) {
    last++;
    ids.put(address, last);
    return last;
  }

  private static boolean isBuiltIn(String loader) {
    return loader.contains("'bootstrap'")
        || loader.contains("ClassLoaders$PlatformClassLoader")
        || loader.contains("ClassLoaders$AppClassLoader");
  }
}
