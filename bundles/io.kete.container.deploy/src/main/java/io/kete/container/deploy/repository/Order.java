// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.repository;

import io.kete.container.deploy.pack.RefusedException;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * What somebody wants from a repository.
 *
 * @param what is to be done
 * @param packages names with the range of their version; an empty range means the newest
 * @param repository its address; empty means the configured one
 */
record Order(What what, Map<String, Optional<VersionRange>> packages, String repository) {

  private static final int MAX_PACKAGES = 64;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

  /** What is to be done. */
  enum What {
    /** These packages, and what they need. */
    INSTALL,
    /** A newer version of every package that has one. */
    UPDATE,
    /** Tell what is there. */
    LIST
  }

  Order {
    packages = Map.copyOf(packages);
  }

  /** Reads one as the command writes it: keys and values, a line each. */
  static Order parse(String text) throws RefusedException {
    Properties keys = new Properties();
    try {
      keys.load(new StringReader(text));
      return of(
          keys.getProperty("what", ""),
          keys.getProperty("packages", ""),
          keys.getProperty("repository", ""));
    } catch (IOException | IllegalArgumentException e) {
      throw new RefusedException("the order cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * One out of texts.
   *
   * @param packages {@code NAME} or {@code NAME@RANGE}, blanks between
   */
  static Order of(String what, String packages, String repository) throws RefusedException {
    Map<String, Optional<VersionRange>> wanted = new LinkedHashMap<>();
    for (String word : words(packages)) {
      int at = word.indexOf('@');
      String name = at < 0 ? word : word.substring(0, at);
      if (!NAME.matcher(name).matches()) {
        throw new RefusedException("'" + shown(word) + "' is not NAME or NAME@RANGE");
      }
      wanted.put(name, at < 0 ? Optional.empty() : Optional.of(range(word.substring(at + 1))));
    }
    What kind = kind(what);
    if ((kind == What.INSTALL) == wanted.isEmpty() || wanted.size() > MAX_PACKAGES) {
      throw new RefusedException(
          "install needs 1 to " + MAX_PACKAGES + " names of packages, update and list none");
    }
    if (repository.length() > 1024) {
      throw new RefusedException("the address of the repository is too long");
    }
    return new Order(kind, wanted, repository.strip());
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>(List.of(text.strip().split("\\s+", -1)));
    words.removeIf(String::isEmpty);
    return words;
  }

  private static What kind(String text) throws RefusedException {
    for (What what : What.values()) {
      if (what.name().toLowerCase(Locale.ROOT).equals(text)) {
        return what;
      }
    }
    throw new RefusedException("'" + shown(text) + "' is not install, update or list");
  }

  /** A bare version means exactly that one. */
  static VersionRange range(String text) throws RefusedException {
    try {
      if (text.startsWith("[") || text.startsWith("(")) {
        return new VersionRange(text);
      }
      Version version = Version.parseVersion(text);
      return new VersionRange(
          VersionRange.LEFT_CLOSED, version, version, VersionRange.RIGHT_CLOSED);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(
          "'" + shown(text) + "' is no version such as 1.1.0 and no range such as [1.1,2)", e);
    }
  }

  private static String shown(String text) {
    String plain = text.replaceAll("[^\\x20-\\x7e]", "?");
    return plain.substring(0, Math.min(plain.length(), 80));
  }
}
