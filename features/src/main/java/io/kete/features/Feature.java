// SPDX-License-Identifier: EPL-2.0
package io.kete.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One line of the list of features.
 *
 * @param mark empty, or what a package has in common with those it is an alternative to
 * @param name of the deployment package
 * @param bundles file names without ending, in the order of their start; a name may end with
 *     {@code @} and a version
 */
public record Feature(String mark, String name, List<String> bundles) {

  /** Keeps copies. */
  public Feature {
    bundles = List.copyOf(bundles);
  }

  /**
   * Reads a list.
   *
   * @throws IllegalArgumentException when a line is none, a name comes twice with other bundles
   *     than another version of them, or a bundle stands in two packages that may be installed
   *     together
   */
  public static List<Feature> parse(List<String> lines) {
    List<Feature> features = new ArrayList<>();
    Map<String, Feature> homes = new HashMap<>();
    for (String line : lines) {
      String text = line.strip();
      if (!text.isEmpty() && !text.startsWith("#")) {
        Feature feature = of(text);
        if (features.stream().anyMatch(feature::collides)) {
          throw new IllegalArgumentException(feature.name + " stands in the list twice");
        }
        feature.bundles.forEach(bundle -> feature.claim(bundle, homes));
        features.add(feature);
      }
    }
    return List.copyOf(features);
  }

  private static Feature of(String line) {
    List<String> words = Arrays.asList(line.split("\\s+", -1));
    String[] name = words.get(0).split("\\|", -1);
    if (words.size() < 2 || name.length > 2 || !name[name.length - 1].matches("[a-z0-9_-]+")) {
      throw new IllegalArgumentException("not a feature and its bundles: " + line);
    }
    String mark = name.length == 2 ? name[0] : "";
    return new Feature(mark, name[name.length - 1], words.subList(1, words.size()));
  }

  /** What the file of a bundle is called without its version. */
  static String label(String bundle) {
    return bundle.replaceFirst("@.*", "");
  }

  /** Another version of a package holds other versions of the same bundles. */
  private boolean collides(Feature other) {
    return name.equals(other.name)
        && (bundles.equals(other.bundles) || !labels().equals(other.labels()));
  }

  private List<String> labels() {
    return bundles.stream().map(Feature::label).toList();
  }

  /** Two with the same name, or the same mark, are never installed together. */
  boolean excludes(Feature other) {
    return name.equals(other.name) || (!mark.isEmpty() && mark.equals(other.mark));
  }

  private void claim(String bundle, Map<String, Feature> homes) {
    Feature other = homes.putIfAbsent(label(bundle), this);
    if (other != null && !excludes(other)) {
      throw new IllegalArgumentException(
          label(bundle) + " stands in " + other.name + " and in " + name);
    }
  }
}
