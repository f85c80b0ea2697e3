// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import io.kete.data.api.KeyEnvelope;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.h2.message.DbException;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.LongDataType;
import org.h2.store.fs.FilePath;

/**
 * One file of the chain: an MVStore with one map that is only ever appended to.
 *
 * <p>The keys put a head behind the blocks of its commit. A head is small, so the tree splits the
 * leaf between the last block and the head, and the next commit rewrites the small leaf instead of
 * the large one: each block is written once.
 *
 * <p>One thread writes; others may read meanwhile.
 */
final class Segment implements AutoCloseable {

  private static final String MAP = "frames";
  private static final int KEYS_PER_PAGE = 8;
  private static final int PAGE_BYTES = 1000;

  private final FilePath file;
  private final MVStore store;
  private final MVMap<Long, byte[]> frames;
  private final Optional<StoreKey> key;
  private final Optional<StoreKey.Encryptor> encryptor;
  private final Map<String, KeyEnvelope> keys = new HashMap<>();
  private final Object closing = new Object();
  private boolean closed;

  private Segment(
      FilePath file, MVStore store, MVMap<Long, byte[]> frames, Optional<StoreKey> key) {
    this.file = file;
    this.store = store;
    this.frames = frames;
    this.key = key;
    this.encryptor = key.map(StoreKey::encryptor);
  }

  /**
   * Opens a segment for appending, creates it if it does not exist.
   *
   * @param key encrypts its blocks, if there is one
   */
  static Segment open(FilePath file, Optional<StoreKey> key) throws StorageException {
    return open(file, builder(file), key);
  }

  static Segment openForReading(FilePath file, Optional<StoreKey> key) throws StorageException {
    return open(file, builder(file).readOnly(), key);
  }

  private static MVStore.Builder builder(FilePath file) {
    return new MVStore.Builder()
        .fileName(file.toString())
        .autoCommitDisabled()
        .autoCompactFillRate(0)
        .cacheSize(1)
        .keysPerPage(KEYS_PER_PAGE)
        .pageSplitSize(PAGE_BYTES);
  }

  private static Segment open(FilePath file, MVStore.Builder builder, Optional<StoreKey> key)
      throws StorageException {
    return guarded(
        "cannot open " + file.getName(),
        () -> {
          MVStore store = builder.open();
          try {
            store.setReuseSpace(false);
            store.setVersionsToKeep(0);
            MVMap<Long, byte[]> map =
                store.openMap(
                    MAP,
                    new MVMap.Builder<Long, byte[]>()
                        .keyType(LongDataType.INSTANCE)
                        .valueType(new FrameType()));
            Segment segment = new Segment(file, store, map, key);
            segment.readKeys();
            return segment;
          } catch (RuntimeException | VirtualMachineError e) {
            store.closeImmediately();
            throw e;
          }
        });
  }

  private void readKeys() {
    Cursor<Long, byte[]> cursor = frames.cursor(null, -1L, false);
    while (cursor.hasNext()) {
      cursor.next();
      Frame.parse(cursor.getValue())
          .flatMap(Segment::envelope)
          .ifPresent(key -> keys.put(key.epoch(), key));
    }
  }

  /** Appends; nothing of it is durable before {@link #commit()} returned. */
  void put(Frame frame) throws StorageException {
    Frame stored =
        frame.kind() == Frame.Kind.BLOCK
            ? encryptor.map(present -> present.encrypt(frame)).orElse(frame)
            : frame;
    guarded("cannot write " + file.getName(), () -> frames.put(keyOf(stored), stored.toBytes()));
  }

  /** A frame as it was put; empty when it cannot be decrypted, which is damage like any other. */
  private Optional<Frame> opened(Frame frame) {
    return StoreKey.opened(frame, key);
  }

  /** Appends a key envelope unless the segment has it. */
  void put(KeyEnvelope key) throws StorageException {
    synchronized (keys) {
      if (keys.containsKey(key.epoch())) {
        return;
      }
    }
    put(keyFrame(keys.size() + 1L, key));
    synchronized (keys) {
      keys.put(key.epoch(), key);
    }
  }

  /** After the return everything that was put is on the medium. */
  void commit() throws StorageException {
    guarded(
        "cannot write " + file.getName(),
        () -> {
          store.commit();
          store.sync();
          return true;
        });
  }

  /** The block that holds the given sample; empty when there is none or it is damaged. */
  Optional<Frame> blockWith(long seq) throws StorageException {
    Optional<byte[]> bytes =
        guarded(
            "cannot read " + file.getName(),
            () -> {
              Long key = frames.floorKey(blockKey(seq));
              return key == null ? Optional.empty() : Optional.ofNullable(frames.get(key));
            });
    return bytes
        .flatMap(Frame::parse)
        .flatMap(this::opened)
        .filter(f -> f.kind() == Frame.Kind.BLOCK && f.position() <= seq && seq <= f.lastSeq());
  }

  /** Last sequence number the tree speaks of, 0 when it is empty. */
  long lastSeq() throws StorageException {
    return guarded(
        "cannot read " + file.getName(),
        () -> {
          Long key = frames.lastKey();
          return key == null || key < 0 ? 0L : key >> 2;
        });
  }

  /** The key envelopes of the segment by epoch. */
  Map<String, KeyEnvelope> keys() {
    synchronized (keys) {
      return Map.copyOf(keys);
    }
  }

  /** All frames in the order of their keys; a frame that is damaged is left out. */
  List<Frame> frames() throws StorageException {
    return guarded(
        "cannot read " + file.getName(),
        () -> {
          List<Frame> all = new ArrayList<>();
          Cursor<Long, byte[]> cursor = frames.cursor(null);
          while (cursor.hasNext()) {
            cursor.next();
            Frame.parse(cursor.getValue()).flatMap(this::opened).ifPresent(all::add);
          }
          return all;
        });
  }

  long size() throws StorageException {
    return guarded("cannot stat " + file.getName(), file::size);
  }

  /** Lets go of the file without writing another byte to it. */
  @Override
  public void close() {
    synchronized (closing) {
      closed = true;
      store.closeImmediately();
    }
  }

  /** Whether the file is free. Waits for a close that is under way. */
  boolean isClosed() {
    synchronized (closing) {
      return closed;
    }
  }

  private static long blockKey(long firstSeq) {
    return firstSeq * 4 + 1;
  }

  private static long keyOf(Frame frame) {
    return switch (frame.kind()) {
      case KEY -> -frame.position();
      case BLOCK, ENCRYPTED -> blockKey(frame.position());
      case HEAD -> frame.position() * 4 + 3;
    };
  }

  static Frame keyFrame(long number, KeyEnvelope key) {
    byte[] epoch = key.epoch().getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.allocate(4 + epoch.length + key.envelope().remaining());
    out.putInt(epoch.length).put(epoch).put(key.envelope());
    return new Frame(Frame.Kind.KEY, number, 0, out.array());
  }

  static Optional<KeyEnvelope> envelope(Frame frame) {
    ByteBuffer in = ByteBuffer.wrap(frame.payload());
    int length = frame.kind() == Frame.Kind.KEY && in.remaining() >= 4 ? in.getInt() : -1;
    if (length < 0 || length > in.remaining()) {
      return Optional.empty();
    }
    byte[] epoch = new byte[length];
    in.get(epoch);
    return Optional.of(new KeyEnvelope(new String(epoch, StandardCharsets.UTF_8), in.slice()));
  }

  /**
   * Runs what may fail because the medium fails, or because bytes are damaged in a way H2 does not
   * look for: then its page parser throws whatever it stumbles over, up to a vain attempt to
   * allocate an absurd length.
   */
  private static <T> T guarded(String what, Supplier<T> action) throws StorageException {
    try {
      return action.get();
    } catch (MVStoreException | DbException e) {
      throw new StorageException(what, e);
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      throw new StorageException(what + ", it is damaged", e);
    }
  }
}
