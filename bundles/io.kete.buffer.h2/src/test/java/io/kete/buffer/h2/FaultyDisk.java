// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A disk below H2 that remembers which writes were not synced, and on a loss of power keeps an
 * arbitrary part of them, torn at sector boundaries. Also fails on demand, and can lie about syncs.
 * Names of files count as durable at once.
 */
public final class FaultyDisk extends FilePathWrapper {

  private static final int SECTOR = 512;
  private static final int REMEMBERED_FILES = 3;
  private static final int REMEMBERED_BYTES = 1 << 20;
  private static final Object LOCK = new Object();
  private static final Map<String, List<Write>> unsynced = new HashMap<>();
  private static boolean powered = true;
  private static boolean syncs = true;
  private static long writesLeft = Long.MAX_VALUE;
  private static Runnable beforeSync = () -> {};
  private static int operationsLeft = -1;
  private static Runnable between = () -> {};

  /** Contents of files that were deleted last, by path. */
  private static final Map<String, byte[]> deleted = new LinkedHashMap<>();

  private record Write(long position, ByteBuffer before, long sizeBefore, ByteBuffer after) {}

  /** Makes the disk known to H2 and all well with it. */
  static void insert() {
    synchronized (LOCK) {
      FilePath.register(new FaultyDisk());
      unsynced.clear();
      deleted.clear();
      powered = true;
      syncs = true;
      writesLeft = Long.MAX_VALUE;
      beforeSync = () -> {};
      operationsLeft = -1;
    }
  }

  static void lieAboutSyncs() {
    synchronized (LOCK) {
      syncs = false;
    }
  }

  static void failAfter(long writes) {
    synchronized (LOCK) {
      writesLeft = writes;
    }
  }

  static void beforeSync(Runnable action) {
    synchronized (LOCK) {
      beforeSync = action;
    }
  }

  /** Runs something between two of the next writes and syncs, while the disk stands still. */
  static void after(int operations, Runnable something) {
    synchronized (LOCK) {
      operationsLeft = operations;
      between = something;
    }
  }

  private static void countOperation() {
    if (operationsLeft-- == 0) {
      between.run();
    }
  }

  /** From now on every access fails. */
  static void cutPower() {
    synchronized (LOCK) {
      powered = false;
    }
  }

  /** Decides the fate of each write that was not synced, then the disk works again. */
  static void restorePower(Random random) throws IOException {
    synchronized (LOCK) {
      for (Map.Entry<String, List<Write>> file : unsynced.entrySet()) {
        FilePath path = FilePath.get(file.getKey());
        if (path.exists()) {
          try (FileChannel channel = path.open("rw")) {
            lose(channel, file.getValue(), random);
          }
        }
      }
      unsynced.clear();
      powered = true;
    }
  }

  /**
   * What a start after a loss of power at this moment might find: all files of a directory with an
   * arbitrary part of what was not synced, and perhaps a file that was deleted last.
   *
   * @return how many writes were not synced
   */
  static int image(Path directory, Path target, Random random) throws IOException {
    synchronized (LOCK) {
      int open = 0;
      Files.createDirectories(target);
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.toList()) {
          Path copy = target.resolve(file.getFileName().toString());
          Files.copy(file, copy);
          List<Write> writes = unsynced.getOrDefault(file.toString(), List.of());
          open += writes.size();
          try (FileChannel channel = FilePath.get(copy.toString()).open("rw")) {
            lose(channel, writes, random);
          }
        }
      }
      for (Map.Entry<String, byte[]> file : deleted.entrySet()) {
        Path copy = target.resolve(Path.of(file.getKey()).getFileName().toString());
        if (random.nextInt(4) == 0 && !Files.exists(copy)) {
          Files.write(copy, file.getValue());
        }
      }
      return open;
    }
  }

  private static void lose(FileChannel channel, List<Write> writes, Random random)
      throws IOException {
    for (int i = writes.size() - 1; i >= 0; i--) {
      Write write = writes.get(i);
      channel.write(write.before().duplicate(), write.position());
      if (write.sizeBefore() < channel.size()) {
        channel.truncate(write.sizeBefore());
      }
    }
    int survive = random.nextInt(5);
    List<Write> reordered = new ArrayList<>(writes);
    Collections.shuffle(reordered, random);
    for (Write write : reordered) {
      for (int at = 0; at < write.after().limit(); at += SECTOR) {
        if (random.nextInt(4) < survive) {
          int length = Math.min(SECTOR, write.after().limit() - at);
          channel.write(write.after().slice(at, length), write.position() + at);
        }
      }
    }
  }

  @Override
  public String getScheme() {
    return "faulty";
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    synchronized (LOCK) {
      needPower();
      return new Channel(getBase().toString(), getBase().open(mode));
    }
  }

  @Override
  public void moveTo(FilePath newName, boolean atomicReplace) {
    synchronized (LOCK) {
      List<Write> writes = unsynced.remove(getBase().toString());
      super.moveTo(newName, atomicReplace);
      if (writes != null) {
        unsynced.put(((FaultyDisk) newName).getBase().toString(), writes);
      }
    }
  }

  @Override
  public void delete() {
    synchronized (LOCK) {
      String name = getBase().toString();
      unsynced.remove(name);
      try {
        if (Files.exists(Path.of(name)) && Files.size(Path.of(name)) < REMEMBERED_BYTES) {
          deleted.put(name, Files.readAllBytes(Path.of(name)));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      if (deleted.size() > REMEMBERED_FILES) {
        deleted.remove(deleted.keySet().iterator().next());
      }
      super.delete();
    }
  }

  private static void needPower() throws IOException {
    if (!powered) {
      throw new IOException("no power");
    }
  }

  private static final class Channel extends FileBaseDefault {

    private final String name;
    private final FileChannel base;

    Channel(String name, FileChannel base) {
      this.name = name;
      this.base = base;
    }

    @Override
    public long size() throws IOException {
      return base.size();
    }

    @Override
    public synchronized int read(ByteBuffer target, long position) throws IOException {
      return base.read(target, position);
    }

    @Override
    public synchronized int write(ByteBuffer source, long position) throws IOException {
      synchronized (LOCK) {
        needPower();
        if (writesLeft <= 0) {
          throw new IOException("No space left on device");
        }
        writesLeft--;
        countOperation();
        byte[] after = new byte[source.remaining()];
        source.get(after);
        note(position, after);
        return base.write(ByteBuffer.wrap(after), position);
      }
    }

    private void note(long position, byte[] after) throws IOException {
      ByteBuffer before =
          ByteBuffer.allocate((int) Math.max(0, Math.min(after.length, base.size() - position)));
      while (before.hasRemaining() && base.read(before, position + before.position()) > 0) {
        // until all that is overwritten is known
      }
      unsynced
          .computeIfAbsent(name, n -> new ArrayList<>())
          .add(new Write(position, before.flip(), base.size(), ByteBuffer.wrap(after)));
    }

    @Override
    protected void implTruncate(long size) throws IOException {
      synchronized (LOCK) {
        needPower();
        unsynced.remove(name);
        base.truncate(size);
      }
    }

    @Override
    public void force(boolean metaData) throws IOException {
      Runnable action;
      synchronized (LOCK) {
        needPower();
        countOperation();
        action = beforeSync;
      }
      action.run();
      synchronized (LOCK) {
        needPower();
        if (syncs) {
          base.force(metaData);
          unsynced.remove(name);
        }
      }
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
      return base.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      base.close();
    }
  }
}
