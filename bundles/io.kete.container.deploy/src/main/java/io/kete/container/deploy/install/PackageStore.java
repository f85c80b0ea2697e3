// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.install;

import io.kete.container.deploy.pack.PackageFile;
import io.kete.container.deploy.pack.PackageInfo;
import io.kete.container.deploy.pack.RefusedException;
import io.kete.container.deploy.pack.Sha;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of installed packages: one file {@code <name>.dp} for each. The launcher begins with
 * what lies here; so a package is installed exactly when its file is here.
 */
public final class PackageStore {

  private static final Logger logger = LoggerFactory.getLogger(PackageStore.class);
  private static final String ENDING = ".dp";

  private final Path directory;
  private final long limit;
  private final Map<String, PackageInfo> known = new ConcurrentHashMap<>();

  /**
   * The folder, which is made if absent; packages with more content than the limit are not read.
   */
  public PackageStore(Path directory, long limit) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.limit = limit;
  }

  /** Where the package of that name is, if it is installed. */
  public Path file(String name) {
    return directory.resolve(name + ENDING);
  }

  /** What is installed, by name; may be called by any thread. */
  public Map<String, PackageInfo> all() {
    Map<String, PackageInfo> found = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + ENDING)) {
      for (Path file : files) {
        String label = String.valueOf(file.getFileName());
        String name = label.substring(0, label.length() - ENDING.length());
        find(name).ifPresent(info -> found.put(name, info));
      }
    } catch (IOException e) {
      logger.error("packages_unreadable folder={} reason=\"{}\"", directory, e.getMessage());
    }
    return found;
  }

  /** The installed package of that name. */
  public Optional<PackageInfo> find(String name) {
    PackageInfo cached = known.get(name);
    if (cached != null || !Files.isRegularFile(file(name))) {
      return Optional.ofNullable(cached);
    }
    try {
      PackageInfo info = PackageFile.read(file(name), limit);
      known.put(name, info);
      return Optional.of(info);
    } catch (RefusedException e) {
      logger.error("package_damaged file={} reason=\"{}\"", file(name), e.reason());
      return Optional.empty();
    }
  }

  /** Whether the installed package of that name has that digest; looks at the file itself. */
  public boolean has(String name, String digest) throws IOException {
    return Files.isRegularFile(file(name)) && Sha.of(file(name)).equals(digest);
  }

  /** From now on this is the installed one; the file moves here. */
  void commit(PackageInfo info, Path from) throws IOException {
    DurableFiles.move(from, file(info.name()));
    known.put(info.name(), info);
  }

  /** From now on it is not installed. */
  void remove(String name) throws IOException {
    DurableFiles.delete(file(name));
    known.remove(name);
  }
}
