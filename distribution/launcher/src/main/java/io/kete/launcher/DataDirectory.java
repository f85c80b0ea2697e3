// SPDX-License-Identifier: EPL-2.0
package io.kete.launcher;

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

/**
 * The data directory of a running gateway: laid out, locked against a second gateway, and marked
 * with the process id.
 */
final class DataDirectory implements AutoCloseable {

  private static final List<String> PARTS = List.of("run", "log", "tmp", "cache", "user/snapshots");

  private final Path directory;
  private final FileChannel channel;

  private DataDirectory(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * Takes the directory for this process until it is closed or the process ends, however it ends.
   */
  static DataDirectory lock(Path directory) throws LaunchException {
    try {
      for (String part : PARTS) {
        Files.createDirectories(directory.resolve(part));
      }
      FileChannel channel =
          FileChannel.open(
              directory.resolve("run/kete.lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new LaunchException(
            "a gateway is running with " + directory + " already; stop it or use another --data");
      }
      DataDirectory taken = new DataDirectory(directory, channel);
      taken.clearTemporary();
      // before anything is read: a provisioned configuration or a restored backup may wait
      if (new PendingSet(directory).complete().isPresent()) {
        Files.createDirectories(directory.resolve("user/snapshots"));
      }
      Files.writeString(taken.pidFile(), ProcessHandle.current().pid() + "\n");
      return taken;
    } catch (IOException e) {
      throw new LaunchException(
          "cannot write to the data directory " + directory + " (" + e + "); check owner and space",
          e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** Where log files go. */
  Path log() {
    return directory.resolve("log");
  }

  private Path pidFile() {
    return directory.resolve("run/kete.pid");
  }

  /** What a killed process left, for instance extracted native libraries. */
  private void clearTemporary() throws IOException {
    Path temporary = directory.resolve("tmp");
    try (Stream<Path> files = Files.walk(temporary)) {
      files
          .sorted(Comparator.reverseOrder())
          .filter(file -> !file.equals(temporary))
          .forEach(DataDirectory::delete);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(pidFile());
    Files.deleteIfExists(directory.resolve("run/status.port"));
    channel.close();
  }
}
