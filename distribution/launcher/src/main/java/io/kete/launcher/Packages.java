// SPDX-License-Identifier: EPL-2.0
package io.kete.launcher;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/**
 * The deployment packages that were installed on this gateway: the files of {@code packages} in its
 * data directory. A package takes the place of the feature of the same name in the installation.
 *
 * <p>A package in {@code packages/trial} is begun with once: if the process ends before somebody
 * has found it good and moved it, the next start goes back to what was there before.
 */
final class Packages {

  /** Framework property: whether the framework can be started anew. */
  static final String LAUNCHER = "kete.launcher";

  /** Framework property: name of the package that is on trial in this run. */
  static final String TRIAL = "kete.trial";

  private static final String ENDING = ".dp";
  private static final String LOCATION = "osgi-dp:";

  private final Map<String, Path> files;
  private final Map<String, Set<String>> features;
  private final Optional<String> trial;
  private final Set<String> installed = new HashSet<>();

  private Packages(
      Map<String, Path> files, Map<String, Set<String>> features, Optional<String> trial) {
    this.files = files;
    this.features = features;
    this.trial = trial;
  }

  /** What lies in the data directory now; a trial counts as begun from here on. */
  static Packages read(LaunchOptions options) throws LaunchException {
    Path folder = options.data().resolve("packages");
    try {
      Map<String, Path> files = new TreeMap<>(in(folder));
      Optional<String> trial = Optional.empty();
      for (Map.Entry<String, Path> candidate : in(folder.resolve("trial")).entrySet()) {
        if (trial.isEmpty() && begin(candidate.getValue())) {
          trial = Optional.of(candidate.getKey());
          files.put(candidate.getKey(), candidate.getValue());
        }
      }
      return new Packages(files, features(options.home().resolve("bundles/features.list")), trial);
    } catch (IOException e) {
      throw new LaunchException(
          "cannot read the packages in " + folder + " (" + e + "); check owner and space", e);
    }
  }

  private static Map<String, Path> in(Path folder) throws IOException {
    Map<String, Path> files = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + ENDING)) {
        for (Path file : found) {
          String name = String.valueOf(file.getFileName());
          files.put(name.substring(0, name.length() - ENDING.length()), file);
        }
      }
    }
    return files;
  }

  /** False when it was begun with before. The mark is on the medium before the package runs. */
  private static boolean begin(Path file) throws IOException {
    Path mark = file.resolveSibling(file.getFileName() + ".tried");
    if (Files.exists(mark)) {
      return false;
    }
    FileChannel.open(mark, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE).close();
    try (FileChannel folder = FileChannel.open(file.resolveSibling(""), StandardOpenOption.READ)) {
      folder.force(true);
    }
    return true;
  }

  private static Map<String, Set<String>> features(Path list) throws IOException {
    Map<String, Set<String>> features = new TreeMap<>();
    if (Files.isRegularFile(list)) {
      for (String line : Files.readAllLines(list)) {
        List<String> words = Arrays.asList(line.strip().split("\\s+", -1));
        if (words.size() > 1 && !line.startsWith("#")) {
          String name = words.get(0).substring(words.get(0).indexOf('|') + 1);
          features.put(name, Set.copyOf(words.subList(1, words.size())));
        }
      }
    }
    return features;
  }

  /** The package that is on trial. */
  Optional<String> trial() {
    return trial;
  }

  /** Whether the package on trial still waits for a verdict. */
  boolean isUndecided() {
    return trial.map(name -> Files.exists(files.getOrDefault(name, Path.of("")))).orElse(false);
  }

  /** Installs their bundles; a package that is damaged is left out as a whole, with an error. */
  List<Bundle> install(BundleContext context, int startLevel) {
    List<Bundle> bundles = new ArrayList<>();
    for (Map.Entry<String, Path> file : files.entrySet()) {
      List<Bundle> own = new ArrayList<>();
      try {
        install(context, file.getValue(), own);
        installed.add(file.getKey());
        bundles.addAll(own);
      } catch (IOException | BundleException e) {
        System.err.println(
            "kete: the package " + file.getValue() + " is left out: " + e.getMessage());
        own.forEach(Packages::uninstall);
      }
    }
    bundles.forEach(
        bundle ->
            bundle
                .adapt(org.osgi.framework.startlevel.BundleStartLevel.class)
                .setStartLevel(startLevel));
    return bundles;
  }

  private static void install(BundleContext context, Path file, List<Bundle> own)
      throws IOException, BundleException {
    try (JarInputStream jar =
        new JarInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      Manifest manifest = jar.getManifest();
      if (manifest == null) {
        throw new IOException("it has no manifest");
      }
      for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
        Attributes section = manifest.getAttributes(entry.getName());
        String name = section == null ? null : section.getValue("Bundle-SymbolicName");
        if (name != null) {
          String location = LOCATION + name.split(";", 2)[0].strip();
          own.add(context.installBundle(location, new Part(jar)));
        }
      }
    }
  }

  private static void uninstall(Bundle bundle) {
    try {
      bundle.uninstall();
    } catch (BundleException e) {
      System.err.println("kete: " + bundle.getSymbolicName() + " stays: " + e.getMessage());
    }
  }

  /** Whether a bundle of the installation makes place for an installed package. */
  boolean replaces(Path bundle) {
    String label = String.valueOf(bundle.getFileName()).replaceFirst("-\\d.*$", "");
    return installed.stream()
        .anyMatch(name -> features.getOrDefault(name, Set.of()).contains(label));
  }

  /** One file of a package: the framework closes what it reads, the rest is still needed. */
  private static final class Part extends FilterInputStream {
    Part(InputStream in) {
      super(in);
    }

    @Override
    public void close() {}
  }
}
