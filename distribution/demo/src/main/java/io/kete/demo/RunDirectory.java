// SPDX-License-Identifier: EPL-2.0
package io.kete.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where a run keeps everything it writes. A directory that is not a demo's is never touched. */
final class RunDirectory implements AutoCloseable {

  private static final String LOCK = "kete-demo.lock";
  private static final List<String> FOLDERS =
      List.of(
          "log",
          "tmp",
          "plant",
          "centre",
          "models",
          "gateway/user/snapshots",
          "gateway/user/certificates",
          "gateway/user/anchors/policy",
          "gateway/user/anchors/model",
          "gateway/user/anchors/package",
          "gateway/packages");

  private final Path root;
  private final FileChannel lock;

  private RunDirectory(Path root, FileChannel lock) {
    this.root = root;
    this.lock = lock;
  }

  /**
   * Takes a directory and empties it, if it is new, empty or a former run's.
   *
   * @throws IllegalArgumentException if it is something else, or in use
   */
  static RunDirectory take(Path directory) throws IOException {
    Path root = directory.toAbsolutePath().normalize();
    if (Files.exists(root) && !isFree(root)) {
      throw new IllegalArgumentException(
          root + " holds something that is not a demo's; name a new or an empty directory");
    }
    Files.createDirectories(root);
    FileChannel channel =
        FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      throw new IllegalArgumentException(
          "a demo is running in " + root + " already; wait for it or use another directory");
    }
    empty(root);
    for (String folder : FOLDERS) {
      Files.createDirectories(root.resolve(folder));
    }
    return new RunDirectory(root, channel);
  }

  private static boolean isFree(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      return false;
    }
    try (Stream<Path> files = Files.list(root)) {
      return Files.exists(root.resolve(LOCK)) || files.findAny().isEmpty();
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static void empty(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      List<Path> old = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : old) {
        if (!file.equals(root) && !file.equals(root.resolve(LOCK))) {
          Files.delete(file);
        }
      }
    } catch (UncheckedIOException e) {
      throw new IOException(root + " cannot be emptied", e);
    }
  }

  Path root() {
    return root;
  }

  /** Data directory of the gateway. */
  Path gateway() {
    return root.resolve("gateway");
  }

  /** What the device served. */
  Path truth() {
    return root.resolve("plant/truth.csv");
  }

  /** A model bundle that is signed for this run. */
  Path model(String version) {
    return root.resolve("models/pump-anomaly-" + version + ".jar");
  }

  /** The package of that bundle. */
  Path modelPackage(String version) {
    return root.resolve("models/" + ModelPackage.NAME + "_" + version + ".dp");
  }

  Path log(String process) {
    return root.resolve("log").resolve(process + ".log");
  }

  Path temporary() {
    return root.resolve("tmp");
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
