// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.h2.message.DbException;
import org.h2.store.fs.FilePath;

/**
 * The directory of a stream. Goes through H2's file layer like the segments do, so that a test can
 * put a failing disk below both.
 */
final class Medium {

  private interface Action<T> {
    T run() throws IOException;
  }

  private final FilePath directory;

  /**
   * A directory that need not exist yet.
   *
   * @param directory path, optionally with the prefix of one of H2's file systems
   */
  Medium(String directory) {
    this.directory = FilePath.get(directory);
  }

  @Override
  public String toString() {
    return directory.toString();
  }

  FilePath file(String name) {
    return FilePath.get(directory + "/" + name);
  }

  /** Bytes that may still be written, as far as the medium tells. */
  long free() {
    return "file".equals(directory.getScheme())
        ? new File(directory.toString()).getUsableSpace()
        : Long.MAX_VALUE;
  }

  void create() throws StorageException {
    attempt(
        "cannot create " + directory,
        () -> {
          createWithParents(directory);
          return true;
        });
  }

  private static void createWithParents(FilePath path) {
    if (path.isDirectory()) {
      return;
    }
    FilePath parent = path.getParent();
    if (parent != null) {
      createWithParents(parent);
    }
    path.createDirectory();
  }

  List<String> names() throws StorageException {
    return attempt(
        "cannot list " + directory,
        () -> directory.newDirectoryStream().stream().map(FilePath::getName).sorted().toList());
  }

  long size(String name) throws StorageException {
    return attempt("cannot stat " + name, () -> file(name).size());
  }

  byte[] read(String name, int limit) throws StorageException {
    return read(name, 0, limit);
  }

  /** At most {@code limit} bytes from an offset on; fewer at the end of the file. */
  byte[] read(String name, long offset, int limit) throws StorageException {
    return attempt(
        "cannot read " + name,
        () -> {
          try (FileChannel channel = file(name).open("r")) {
            long left = Math.max(0, channel.size() - offset);
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(limit, left));
            while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) > 0) {
              // until the buffer is full or the file ends
            }
            return java.util.Arrays.copyOf(bytes.array(), bytes.position());
          }
        });
  }

  /** Writes a small file as a whole; after the return it is on the medium. */
  void write(String name, byte[] content) throws StorageException {
    attempt(
        "cannot write " + name,
        () -> {
          try (FileChannel channel = file(name).open("rw")) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
              channel.write(bytes);
            }
            channel.force(true);
          }
          return true;
        });
    syncDirectory();
  }

  void sync(String name) throws StorageException {
    attempt(
        "cannot sync " + name,
        () -> {
          try (FileChannel channel = file(name).open("rw")) {
            channel.force(true);
          }
          return true;
        });
  }

  /** Overwrites parts of a file with zeros; after the return they are gone from the medium. */
  void wipe(String name, List<KeyFrames.Part> parts) throws StorageException {
    attempt(
        "cannot wipe in " + name,
        () -> {
          try (FileChannel channel = file(name).open("rw")) {
            for (KeyFrames.Part part : parts) {
              ByteBuffer zeros = ByteBuffer.allocate(part.length());
              while (zeros.hasRemaining()) {
                channel.write(zeros, part.offset() + zeros.position());
              }
            }
            channel.force(true);
          }
          return true;
        });
  }

  void rename(String from, String to) throws StorageException {
    attempt(
        "cannot rename " + from,
        () -> {
          file(from).moveTo(file(to), true);
          return true;
        });
    syncDirectory();
  }

  /** Gives the space of a file back and keeps its name. */
  void empty(String name) throws StorageException {
    attempt(
        "cannot empty " + name,
        () -> {
          try (FileChannel channel = file(name).open("rw")) {
            channel.truncate(0);
          }
          return true;
        });
  }

  void delete(String name) throws StorageException {
    attempt(
        "cannot delete " + name,
        () -> {
          file(name).delete();
          return true;
        });
  }

  /** Makes names durable. Only plain files have a directory that can be synced. */
  void syncDirectory() throws StorageException {
    if (!"file".equals(directory.getScheme())) {
      return;
    }
    attempt(
        "cannot sync " + directory,
        () -> {
          try (FileChannel channel =
              FileChannel.open(Path.of(directory.toString()), StandardOpenOption.READ)) {
            channel.force(true);
          }
          return true;
        });
  }

  private static <T> T attempt(String what, Action<T> action) throws StorageException {
    try {
      return action.run();
    } catch (IOException | DbException e) {
      throw new StorageException(what, e);
    }
  }
}
