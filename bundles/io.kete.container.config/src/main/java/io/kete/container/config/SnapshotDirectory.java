// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files {@code snapshot_<id>.xml}. A write is all or nothing across a crash: temporary file,
 * sync, rename, sync of the directory. Files are readable for their owner only, for they may hold
 * passwords.
 */
final class SnapshotDirectory {
  private static final Pattern NAME = Pattern.compile("snapshot_(0|[1-9]\\d{0,17})\\.xml");
  private static final String UNFINISHED = ".unfinished";

  /** What a write has done so far; a crash may come after each of them. */
  enum Step {
    CREATED,
    HALF_WRITTEN,
    WRITTEN,
    SYNCED,
    RENAMED,
    FOLDER_SYNCED,
    PURGED
  }

  private final Path folder;
  private final int kept;
  private final Consumer<Step> steps;

  /**
   * The snapshots in a folder.
   *
   * @param kept how many stay when a new one is written, not counting 0, which always stays
   */
  SnapshotDirectory(Path folder, int kept) {
    this(folder, kept, step -> {});
  }

  /**
   * As the other one.
   *
   * @param steps hears of each step of a write; tests end the process there
   */
  SnapshotDirectory(Path folder, int kept, Consumer<Step> steps) {
    this.folder = folder;
    this.kept = kept;
    this.steps = steps;
  }

  Path file(long id) {
    return folder.resolve("snapshot_" + id + ".xml");
  }

  /** The ids, oldest first; empty when there is no such folder. */
  NavigableSet<Long> ids() throws IOException {
    NavigableSet<Long> ids = new TreeSet<>();
    if (!Files.isDirectory(folder)) {
      return ids;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        if (name.matches()) {
          ids.add(Long.parseLong(name.group(1)));
        }
      }
    }
    return ids;
  }

  Snapshot read(long id) throws IOException, DocumentException {
    Path file = file(id);
    try (InputStream in = Files.newInputStream(file)) {
      return SnapshotReader.read(file.toString(), in.readNBytes(XmlInput.MAX_BYTES + 1));
    } catch (NoSuchFileException gone) {
      throw new DocumentException(file.toString(), 0, "there is no such snapshot");
    }
  }

  /** Writes a snapshot under an id later than all others, not before {@code now}. */
  long write(byte[] document, long now) throws IOException {
    Files.createDirectories(folder);
    NavigableSet<Long> ids = ids();
    long id = ids.isEmpty() ? now : Math.max(now, ids.last() + 1);
    replace(id, document);
    ids.add(id);
    purge(ids);
    steps.accept(Step.PURGED);
    return id;
  }

  /** Puts a document in the place of a snapshot. */
  void replace(long id, byte[] document) throws IOException {
    Path unfinished = folder.resolve("snapshot_" + id + ".xml" + UNFINISHED);
    Files.deleteIfExists(unfinished);
    Files.createFile(unfinished, ownerOnly());
    steps.accept(Step.CREATED);
    try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(document, 0, document.length / 2);
      drain(bytes, channel);
      steps.accept(Step.HALF_WRITTEN);
      drain(bytes.limit(document.length), channel);
      steps.accept(Step.WRITTEN);
      channel.force(true);
    }
    steps.accept(Step.SYNCED);
    Files.move(unfinished, file(id), StandardCopyOption.ATOMIC_MOVE);
    steps.accept(Step.RENAMED);
    sync();
    steps.accept(Step.FOLDER_SYNCED);
  }

  private static void drain(ByteBuffer bytes, FileChannel channel) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private FileAttribute<?>[] ownerOnly() {
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private void sync() throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private void purge(NavigableSet<Long> ids) throws IOException {
    NavigableSet<Long> old = new TreeSet<>(ids);
    old.remove(0L);
    while (old.size() > kept) {
      Files.deleteIfExists(file(old.pollFirst()));
    }
  }

  /** Removes what a crash in the middle of a write left. */
  void tidy() throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + UNFINISHED)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }
}
