// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import io.kete.data.api.Block;
import io.kete.data.api.BlockFormatException;
import io.kete.data.api.BlockReader;
import io.kete.data.api.KeyEnvelope;
import io.kete.data.api.SealedBlock;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads blocks for a lane of an outlet: from memory, from the active segment, or from an older one
 * that is kept open.
 */
final class BlockSource {

  /** A key and the first sequence number of the segment it comes from. */
  record Owed(long firstSeq, KeyEnvelope key) {}

  private final StreamStore store;
  private final Consumer<SegmentFile> damage;
  private final OpenSegments opened;

  /**
   * A source for one thread at a time.
   *
   * @param opened the older segments that are open, for all sources of an outlet
   * @param damage told of a segment that cannot be read
   */
  BlockSource(StreamStore store, OpenSegments opened, Consumer<SegmentFile> damage) {
    this.store = store;
    this.opened = opened;
    this.damage = damage;
  }

  /** The stored block that holds the sample; empty when it cannot be had at present. */
  Optional<Stored> with(long seq) {
    Optional<Stored> recent = store.recent().with(seq);
    if (recent.isPresent()) {
      return recent;
    }
    Optional<SegmentFile> file = store.chain().with(seq);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      Optional<Stored> stored = read(file.get(), seq);
      if (stored.isEmpty()) {
        reportDamage(file.get());
      }
      return stored;
    } catch (StorageException e) {
      reportDamage(file.get());
      return Optional.empty();
    }
  }

  private void reportDamage(SegmentFile file) {
    opened.close(file);
    if (store.chain().holds(file)) {
      damage.accept(file);
    }
  }

  private Optional<Stored> read(SegmentFile file, long seq) throws StorageException {
    Optional<Segment> active = store.active();
    if (store.chain().after(file).isEmpty() && active.isPresent()) {
      try {
        return read(active.get(), file, seq);
      } catch (StorageException e) {
        if (!active.get().isClosed()) {
          throw e;
        }
        // it ended while it was read; its file holds the same
      }
    }
    Optional<Segment> closed = open(file);
    return closed.isPresent() ? read(closed.get(), file, seq) : Optional.empty();
  }

  private Optional<Stored> read(Segment segment, SegmentFile file, long seq)
      throws StorageException {
    Optional<Frame> frame =
        segment.blockWith(seq).filter(f -> f.lastSeq() <= store.lastSeqOf(file));
    if (frame.isEmpty()) {
      return Optional.empty();
    }
    try {
      Block block = BlockReader.read(ByteBuffer.wrap(frame.get().payload()));
      Map<String, KeyEnvelope> keys = segment.keys();
      keys.keySet().forEach(epoch -> store.chain().uses(file, epoch));
      Optional<KeyEnvelope> key = block.sealed().map(SealedBlock::epoch).map(keys::get);
      int bytes = frame.get().payload().length + Frame.OVERHEAD;
      return Optional.of(new Stored(block, key, bytes, false, 0));
    } catch (BlockFormatException e) {
      throw new StorageException("unknown block in " + file.name(), e);
    }
  }

  private Optional<Segment> open(SegmentFile file) throws StorageException {
    return store.chain().holds(file) ? Optional.of(opened.open(file)) : Optional.empty();
  }

  /**
   * Key envelopes of the segments from the first one to the first that was not begun to be
   * delivered.
   */
  List<Owed> keysOfDelivered() {
    List<Owed> keys = new ArrayList<>();
    Account account = store.account();
    for (SegmentFile file : store.chain().segments()) {
      long last = store.lastSeqOf(file);
      if (last < file.firstSeq() || account.isUntouched(file.firstSeq(), last)) {
        break;
      }
      try {
        for (KeyEnvelope key : keysOf(file).values()) {
          store.chain().uses(file, key.epoch());
          keys.add(new Owed(file.firstSeq(), key));
        }
      } catch (StorageException e) {
        reportDamage(file);
      }
    }
    keys.removeIf(owed -> account.hasKey(owed.key().epoch()));
    return keys;
  }

  private Map<String, KeyEnvelope> keysOf(SegmentFile file) throws StorageException {
    Optional<Segment> active = store.active();
    return store.chain().after(file).isEmpty() && active.isPresent()
        ? active.get().keys()
        : open(file).map(Segment::keys).orElse(Map.of());
  }
}
