// SPDX-License-Identifier: EPL-2.0
package io.kete.features;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes every deployment package of a list: {@code LIST BUNDLES TARGET}. */
public final class MakeFeatures {

  private MakeFeatures() {}

  /** Runs as a step of the build. */
  public static void main(String[] args) throws IOException {
    make(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]));
  }

  /**
   * Makes all packages; those of an earlier run are removed first.
   *
   * @param list the features
   * @param bundles directory with a file {@code <name>.jar} for every name in the list, as it
   *     stands there
   * @param target directory for the packages
   * @return the files, in the order of the list
   * @throws IllegalArgumentException when the list is wrong or a bundle is in none of its packages
   */
  static List<Path> make(Path list, Path bundles, Path target) throws IOException {
    List<Feature> features = Feature.parse(Files.readAllLines(list));
    refuseForgotten(features, bundles);
    Files.createDirectories(target);
    try (DirectoryStream<Path> old = Files.newDirectoryStream(target, "*.dp")) {
      for (Path file : old) {
        Files.delete(file);
      }
    }
    Map<Path, DeploymentPackage> made = new LinkedHashMap<>();
    Map<String, Feature> homes = new HashMap<>();
    for (Feature feature : features) {
      DeploymentPackage pack = new DeploymentPackage(feature.name());
      for (String bundle : feature.bundles()) {
        pack.add(Feature.label(bundle), Files.readAllBytes(bundles.resolve(bundle + ".jar")));
      }
      refuseShared(feature, pack, homes);
      if (made.put(target.resolve(pack.fileName()), pack) != null) {
        throw new IllegalArgumentException(pack.fileName() + " is made twice");
      }
    }
    for (Map.Entry<Path, DeploymentPackage> one : made.entrySet()) {
      try (OutputStream stream = Files.newOutputStream(one.getKey())) {
        one.getValue().write(stream);
      }
    }
    return List.copyOf(made.keySet());
  }

  /** Deployment Admin refuses a package with a bundle of another one; files say less than names. */
  private static void refuseShared(
      Feature feature, DeploymentPackage pack, Map<String, Feature> homes) {
    for (String symbolicName : pack.symbolicNames()) {
      Feature other = homes.putIfAbsent(symbolicName, feature);
      if (other != null && !feature.excludes(other)) {
        throw new IllegalArgumentException(
            "bundle " + symbolicName + " is in " + other.name() + " and in " + feature.name());
      }
    }
  }

  private static void refuseForgotten(List<Feature> features, Path bundles) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(bundles, "*.jar")) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName()).replaceFirst("\\.jar$", "");
        if (features.stream().noneMatch(feature -> feature.bundles().contains(name))) {
          throw new IllegalArgumentException(name + " stands in no feature");
        }
      }
    }
  }
}
