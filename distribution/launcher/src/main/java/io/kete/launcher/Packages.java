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
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
 * <p>Packages in {@code packages/trial} are begun with once: if the process ends before somebody
 * has found them good and moved them, the next start goes back to what was there before.
 */
final class Packages {

  /** Framework property: whether the framework can be started anew. */
  static final String LAUNCHER = "kete.launcher";

  /** Framework property: names of the packages that are on trial in this run, commas between. */
  static final String TRIAL = "kete.trial";

  private static final String ENDING = ".dp";
  private static final String TRIED = ".tried";

  /** In a folder of packages: those there are the installed ones. */
  private static final String COMMITTED = "committed";

  private static final String LOCATION = "osgi-dp:";

  private final Map<String, Path> files;
  private final Map<String, Set<String>> features;
  private final Set<String> trial;
  private final Set<String> installed = new HashSet<>();

  private Packages(Map<String, Path> files, Map<String, Set<String>> features, Set<String> trial) {
    this.files = files;
    this.features = features;
    this.trial = Set.copyOf(trial);
  }

  /** What lies in the data directory now; a trial counts as begun from here on. */
  static Packages read(LaunchOptions options) throws LaunchException {
    Path folder = options.data().resolve("packages");
    try {
      finish(folder.resolve("set"), folder);
      finish(folder.resolve("trial"), folder);
      Map<String, Path> files = new TreeMap<>(in(folder));
      Map<String, Path> trial = in(folder.resolve("trial"));
      if (!begin(folder.resolve("trial"), trial)) {
        trial = Map.of();
      }
      files.putAll(trial);
      return new Packages(
          files, features(options.home().resolve("bundles/features.list")), trial.keySet());
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

  /** A set that was decided for, and not renamed to its end, is installed. */
  private static void finish(Path from, Path folder) throws IOException {
    Path mark = from.resolve(COMMITTED);
    if (Files.exists(mark)) {
      for (Path file : in(from).values()) {
        Files.move(file, folder.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
      }
      sync(folder);
      Files.delete(mark);
    }
  }

  /**
   * False when there is nothing to try, or it was begun with before. The mark is on the medium
   * before anything of it runs.
   */
  private static boolean begin(Path folder, Map<String, Path> trial) throws IOException {
    if (trial.isEmpty()) {
      return false;
    }
    for (Path file : trial.values()) {
      if (Files.exists(file.resolveSibling(file.getFileName() + TRIED))) {
        return false;
      }
    }
    Path first = trial.values().iterator().next();
    Path mark = first.resolveSibling(first.getFileName() + TRIED);
    FileChannel.open(mark, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE).close();
    sync(folder);
    return true;
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
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

  /** Names of the packages that are on trial. */
  Set<String> trial() {
    return trial;
  }

  /** Whether packages on trial still wait for a verdict. */
  boolean isUndecided() {
    return trial.stream().anyMatch(name -> Files.exists(files.getOrDefault(name, Path.of(""))));
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
