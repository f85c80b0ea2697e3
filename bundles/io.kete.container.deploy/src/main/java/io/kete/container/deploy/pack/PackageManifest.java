// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.pack;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/**
 * The manifest of a deployment package, as far as this gateway goes: bundles only, and all of them.
 *
 * @param name symbolic name
 * @param version version
 * @param bundles path of each bundle, with its symbolic name and version
 */
record PackageManifest(String name, String version, Map<String, Declared> bundles) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");
  private static final Pattern PATH =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+-]*(/[A-Za-z0-9_][A-Za-z0-9._+-]*)*");
  private static final int MAX_PATH = 200;
  private static final int MAX_BUNDLES = 200;

  /** What a section says of its bundle. */
  record Declared(String symbolicName, String version) {}

  static PackageManifest of(Manifest manifest) throws RefusedException {
    Attributes main = manifest.getMainAttributes();
    String name = matching(NAME, "DeploymentPackage-SymbolicName", main);
    String version =
        version(main.getValue("DeploymentPackage-Version"), "DeploymentPackage-Version");
    if (main.getValue("DeploymentPackage-FixPack") != null) {
      throw new RefusedException("fix packs are not taken; send the whole package");
    }
    Map<String, Declared> bundles = new LinkedHashMap<>();
    Set<String> names = new HashSet<>();
    for (Map.Entry<String, Attributes> section : manifest.getEntries().entrySet()) {
      Declared declared = declared(section.getKey(), section.getValue());
      if (!names.add(declared.symbolicName())) {
        throw new RefusedException("the manifest names " + declared.symbolicName() + " twice");
      }
      bundles.put(section.getKey(), declared);
    }
    if (bundles.isEmpty() || bundles.size() > MAX_BUNDLES) {
      throw new RefusedException(
          "the manifest names " + bundles.size() + " bundles, not 1 to " + MAX_BUNDLES);
    }
    return new PackageManifest(name, version, bundles);
  }

  private static Declared declared(String path, Attributes section) throws RefusedException {
    if (path.length() > MAX_PATH || !PATH.matcher(path).matches()) {
      throw new RefusedException(
          "the manifest names the file '" + shown(path) + "', which is no plain relative path");
    }
    if (section.getValue("Bundle-SymbolicName") == null
        || section.getValue("Resource-Processor") != null) {
      throw new RefusedException(path + " is no bundle; only bundles are taken");
    }
    if (Boolean.parseBoolean(section.getValue("DeploymentPackage-Missing"))
        || Boolean.parseBoolean(section.getValue("DeploymentPackage-Customizer"))) {
      throw new RefusedException(path + ": missing bundles and customizers are not taken");
    }
    return new Declared(
        symbolicName(section.getValue("Bundle-SymbolicName"), path),
        version(section.getValue("Bundle-Version"), path + ": Bundle-Version"));
  }

  /** Compares what a bundle says of itself with what the package says of it. */
  static void compare(String path, Declared declared, Manifest bundle) throws RefusedException {
    Attributes main = bundle.getMainAttributes();
    String name = symbolicName(main.getValue("Bundle-SymbolicName"), path);
    String version = version(main.getValue("Bundle-Version"), path + ": Bundle-Version");
    if (!name.equals(declared.symbolicName()) || !version.equals(declared.version())) {
      throw new RefusedException(
          path
              + " is "
              + name
              + " "
              + version
              + ", but the manifest of the package calls it "
              + declared.symbolicName()
              + " "
              + declared.version());
    }
    String host = main.getValue("Fragment-Host");
    if (host != null && (host.contains("system.bundle") || host.contains("extension"))) {
      throw new RefusedException(
          path + " extends the framework itself, which a package must not do");
    }
  }

  private static String symbolicName(@Nullable String header, String where)
      throws RefusedException {
    String name = header == null ? "" : header.split(";", 2)[0].strip();
    if (!NAME.matcher(name).matches()) {
      throw new RefusedException(where + ": '" + shown(name) + "' is no symbolic name of a bundle");
    }
    return name;
  }

  private static String matching(Pattern pattern, String header, Attributes from)
      throws RefusedException {
    String value = from.getValue(header);
    if (value == null || !pattern.matcher(value.strip()).matches()) {
      throw new RefusedException(
          "the manifest has no usable " + header + "; this is no deployment package");
    }
    return value.strip();
  }

  private static String version(@Nullable String text, String where) throws RefusedException {
    try {
      return Version.parseVersion(text == null ? "none" : text.strip()).toString();
    } catch (IllegalArgumentException e) {
      throw new RefusedException(
          where + ": '" + shown(String.valueOf(text)) + "' is no version", e);
    }
  }

  static String shown(String text) {
    String plain = text.replaceAll("[^\\x20-\\x7e]", "?");
    return plain.length() <= MAX_PATH ? plain : plain.substring(0, MAX_PATH) + "...";
  }
}
