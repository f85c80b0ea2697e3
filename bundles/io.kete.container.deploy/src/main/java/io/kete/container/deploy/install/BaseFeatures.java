// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.install;

import io.kete.container.deploy.pack.Sha;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The packages the installation itself consists of: {@code bundles/features.list} says which files
 * of {@code bundles/start.list} belong together. What stands in the start list and in no feature is
 * the gateway itself and is never replaced by a package.
 */
public final class BaseFeatures {

  private static final Logger logger = LoggerFactory.getLogger(BaseFeatures.class);
  private static final String PREFIX = "reference:";

  private final Map<String, List<Path>> features;

  private BaseFeatures(Map<String, List<Path>> features) {
    this.features = features;
  }

  /** Those of an installation; none where there are no such lists. */
  public static BaseFeatures of(Path home) {
    Path bundles = home.resolve("bundles");
    Map<String, Path> files = new LinkedHashMap<>();
    for (List<String> words : lines(bundles.resolve("start.list"))) {
      String file = words.get(words.size() - 1);
      files.put(file.replaceFirst("-\\d.*$", ""), bundles.resolve(file));
    }
    Map<String, List<Path>> features = new TreeMap<>();
    for (List<String> words : lines(bundles.resolve("features.list"))) {
      String name = words.get(0).substring(words.get(0).indexOf('|') + 1);
      List<Path> own =
          words.subList(1, words.size()).stream()
              .flatMap(label -> Optional.ofNullable(files.get(label)).stream())
              .toList();
      if (!own.isEmpty()) {
        features.put(name, own);
      }
    }
    return new BaseFeatures(features);
  }

  private static List<List<String>> lines(Path list) {
    List<List<String>> lines = new ArrayList<>();
    if (Files.isRegularFile(list)) {
      try {
        for (String line : Files.readAllLines(list)) {
          String text = line.strip();
          if (!text.isEmpty() && !text.startsWith("#")) {
            lines.add(Arrays.asList(text.split("\\s+", -1)));
          }
        }
      } catch (IOException e) {
        logger.error("installation_unreadable file={} reason=\"{}\"", list, e.getMessage());
      }
    }
    return lines;
  }

  /** Names of the features. */
  public List<String> names() {
    return List.copyOf(features.keySet());
  }

  /** Where the bundles of a feature are installed from, in the order of their installation. */
  public List<String> locations(String feature) {
    return features.getOrDefault(feature, List.of()).stream()
        .map(file -> PREFIX + file.toUri())
        .toList();
  }

  /** SHA-256 of the file of such a location, in hexadecimal. */
  static String digest(String location) throws IOException {
    try (InputStream in = URI.create(location.substring(PREFIX.length())).toURL().openStream()) {
      return Sha.of(in);
    }
  }

  /** Which features have the bundle that is installed from there. */
  public List<String> owners(String location) {
    return features.keySet().stream()
        .filter(feature -> locations(feature).contains(location))
        .toList();
  }
}
