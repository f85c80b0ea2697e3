// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import io.kete.launcher.Ownership;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The lock a running gateway holds on its data directory. While the command holds it no gateway can
 * start there.
 */
public final class DataLock implements AutoCloseable {

  private final FileChannel channel;
  private final Optional<FileLock> lock;

  private DataLock(FileChannel channel, Optional<FileLock> lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /** Takes the lock if nobody has it. */
  public static DataLock take(Path data) throws IOException {
    Ownership ownership = Ownership.of(data);
    Path run = data.resolve("run");
    Files.createDirectories(run);
    FileChannel channel =
        FileChannel.open(
            run.resolve("kete.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    ownership.give(run);
    try {
      return new DataLock(channel, Optional.ofNullable(channel.tryLock()));
    } catch (OverlappingFileLockException e) {
      return new DataLock(channel, Optional.empty());
    }
  }

  /** Whether no gateway runs with this data, and none can as long as this is open. */
  public boolean isHeld() {
    return lock.isPresent();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
