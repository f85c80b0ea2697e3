// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.install;

import io.kete.container.deploy.pack.PackageFile;
import io.kete.container.deploy.pack.PackageInfo;
import io.kete.container.deploy.pack.RefusedException;
import io.kete.container.deploy.pack.Sha;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/**
 * Packages that cannot be installed while the gateway runs, since what installs them stands on what
 * they replace. They are laid aside, the launcher starts the framework anew with them, once, and
 * then they are judged. Whatever happens before the verdict, the next start has the former state.
 */
public final class Trials {

  /** System property that asks the launcher for another start of the framework. */
  private static final String START_AGAIN = "kete.start.again";

  /** Framework property: the launcher can start the framework anew. */
  private static final String LAUNCHER = "kete.launcher";

  private static final String ON_TRIAL = "kete.trial";
  private static final String BEFORE = ".before";
  private static final String ENDING = ".dp";

  private final BundleContext context;
  private final Path directory;
  private final long limit;

  /** Those in a folder. */
  public Trials(BundleContext context, Path directory, long limit) throws IOException {
    this.context = context;
    this.directory = Files.createDirectories(directory);
    this.limit = limit;
  }

  private Path file(String name) {
    return directory.resolve(name + ENDING);
  }

  /** Whether that package is what this run of the framework tries. */
  public boolean isOnTrial(String name) {
    String names = context.getProperty(ON_TRIAL);
    return names != null
        && Arrays.asList(names.split(",", -1)).contains(name)
        && Files.isRegularFile(file(name));
  }

  /** Whether a package with that digest waits for a trial or a verdict. */
  public boolean has(String name, String digest) throws IOException {
    return Files.isRegularFile(file(name)) && Sha.of(file(name)).equals(digest);
  }

  PackageInfo read(String name) throws RefusedException {
    return PackageFile.read(file(name), limit);
  }

  /** Lays a package aside for the next start. */
  void stage(PackageInfo info, Path from, Judge.Before before) throws IOException {
    tidy();
    DurableFiles.write(directory.resolve(info.name() + BEFORE), text(before));
    DurableFiles.move(from, file(info.name()));
  }

  /** Lays several aside at once: after a kill all are there or none. */
  void stageAll(List<SetInstaller.Candidate> set, Judge.Before before) throws IOException {
    tidy();
    Path next = Files.createDirectories(directory.resolveSibling("trial-next"));
    try (DirectoryStream<Path> left = Files.newDirectoryStream(next)) {
      for (Path file : left) {
        DurableFiles.delete(file);
      }
    }
    for (SetInstaller.Candidate each : set) {
      String name = each.info().name();
      DurableFiles.write(next.resolve(name + BEFORE), text(before));
      DurableFiles.move(each.file(), next.resolve(name + ENDING));
    }
    // an empty folder is replaced by a rename
    DurableFiles.move(next, directory);
  }

  private static byte[] text(Judge.Before before) {
    String text = String.join(" ", before.active()) + "\n" + String.join("\n", before.ailing());
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** How the gateway was before the trial. */
  Judge.Before before(String name) throws IOException {
    List<String> lines = Files.readAllLines(directory.resolve(name + BEFORE));
    Set<String> active = lines.isEmpty() ? Set.of() : Set.of(lines.get(0).split(" ", -1));
    return new Judge.Before(
        active, new HashSet<>(lines.subList(Math.min(1, lines.size()), lines.size())));
  }

  /** Where the file of a package on trial is. */
  Path path(String name) {
    return file(name);
  }

  /** Throws unless the framework can start anew under this launcher. */
  void requireLauncher() throws RefusedException {
    if (!Boolean.parseBoolean(context.getProperty(LAUNCHER))) {
      throw new RefusedException(
          "it replaces what the gateway itself stands on, and this host cannot start the gateway"
              + " anew");
    }
  }

  /** Stops the framework; the launcher starts another. */
  public void startAgain() throws RefusedException {
    System.setProperty(START_AGAIN, "true");
    try {
      context.getBundle(0).stop();
    } catch (BundleException e) {
      throw new RefusedException("the gateway does not stop: " + e.getMessage(), e);
    }
  }

  /** Takes away every trial; nothing happens to what is installed. */
  public void tidy() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + ENDING)) {
      for (Path file : files) {
        DurableFiles.delete(file);
      }
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        DurableFiles.delete(file);
      }
    }
  }
}
