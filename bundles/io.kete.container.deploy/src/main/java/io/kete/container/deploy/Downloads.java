// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy;

import io.kete.container.deploy.install.DurableFiles;
import io.kete.container.deploy.pack.Sha;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Files that were fetched and are not installed yet, by the name and version of the order. */
final class Downloads {

  private static final String KEPT = ".dp";
  private static final String PART = ".part";
  private static final int KEY = 32;
  private static final int MAX_KEPT = 4;

  private final Path directory;

  Downloads(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
  }

  /** Where an order's bytes go while they come. */
  Path part(Job job) {
    return directory.resolve(job.number() + PART);
  }

  private Path kept(String name, String version) {
    return directory.resolve(Sha.of(name + "\n" + version).substring(0, KEY) + KEPT);
  }

  /** What was fetched before. */
  Optional<Path> find(String name, String version) {
    return Optional.of(kept(name, version)).filter(Files::isRegularFile);
  }

  /** The bytes are complete; the oldest of too many goes. */
  Path keep(Job job) throws IOException {
    Path file = kept(job.name(), job.version());
    DurableFiles.move(part(job), file);
    List<Path> all = files(KEPT);
    all.sort(Comparator.comparing(Downloads::age));
    for (Path old : all.subList(0, Math.max(0, all.size() - MAX_KEPT))) {
      if (!old.equals(file)) {
        DurableFiles.delete(old);
      }
    }
    return file;
  }

  void discard(Path file) throws IOException {
    DurableFiles.delete(file);
  }

  /** Takes away what an earlier run began and nobody will end. */
  void tidy() throws IOException {
    for (Path file : files(PART)) {
      DurableFiles.delete(file);
    }
  }

  /** Takes away a file that was on its way to be installed. */
  void discard(String digest) throws IOException {
    for (Path file : files(KEPT)) {
      if (Sha.of(file).equals(digest)) {
        DurableFiles.delete(file);
      }
    }
  }

  private List<Path> files(String ending) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + ending)) {
      files.forEach(found::add);
    }
    return found;
  }

  private static FileTime age(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }
}
