// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import io.kete.buffer.h2.SegmentFile.Gone;
import io.kete.data.api.BlockFormatException;
import io.kete.data.api.BlockReader;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Finds out at the start what is on the medium. Only the last segment is looked at, all others are
 * known by their names.
 *
 * <p>Whatever is found in the last segment is synced before it counts: a block that was written but
 * not synced when the gateway was killed must not be sent now and be gone after the next loss of
 * power.
 */
final class Recovery {

  /**
   * What a commit writes behind its last frame: nodes of the tree and the footer, far less than
   * this.
   */
  private static final int TREE_BYTES = 16_384;

  private final StreamStore store;
  private final Account account;
  private final Optional<Head> storedHead;
  private final LongSupplier incarnations;
  private long runMillis;

  Recovery(StreamStore store, Optional<Head> storedHead, LongSupplier incarnations) {
    this.store = store;
    this.account = store.account();
    this.storedHead = storedHead;
    this.incarnations = incarnations;
  }

  /** Running time of the stream when it was stopped, as far as it is known. */
  long runMillis() {
    return runMillis;
  }

  /** Restores the account; returns the segment that may be continued. */
  Optional<SegmentFile> run() throws StorageException {
    Optional<SegmentFile> last = store.chain().last();
    boolean clean =
        last.isPresent()
            && storedHead.isPresent()
            && storedHead.get().cleanSegment() == last.get().number();
    if (last.isPresent() && !clean) {
      recover(last.get());
    } else {
      restore(storedHead);
    }
    for (Gone gone : store.chain().interrupted()) {
      account.stored(gone.lastSeq());
      if (gone.reason().equals(Gone.DELIVERED)) {
        account.delivered(gone.segment().firstSeq(), gone.lastSeq());
      } else {
        account.drop(gone.segment().firstSeq(), gone.lastSeq(), gone.reason());
      }
    }
    if (!account.hasBegun()) {
      account.begin(incarnations.getAsLong());
    }
    long firstStored =
        store.chain().first().map(SegmentFile::firstSeq).orElse(account.lastSeq() + 1);
    account.drop(1, firstStored - 1, StreamStore.DAMAGED);
    return clean ? last : Optional.empty();
  }

  private void restore(Optional<Head> head) {
    head.ifPresent(account::restore);
    long ran = head.map(Head::runMillis).orElse(0L);
    runMillis = Math.max(ran, store.chain().last().map(SegmentFile::runMillis).orElse(0L));
  }

  private void recover(SegmentFile last) throws StorageException {
    store.medium().sync(last.name());
    FrameScan scan = FrameScan.of(store.medium().file(last.name()));
    restore(newer(storedHead, scan.newestHead()));
    if (!account.hasBegun() && !scan.blocks().isEmpty()) {
      account.begin(incarnationOf(last, scan.blocks().get(0)));
    }
    account.stored(last.firstSeq() - 1);
    long known = account.lastSeq();
    Optional<Long> claimed = claimed(last);
    long through = Math.max(contiguous(scan.blocks(), last.firstSeq(), known), claimed.orElse(0L));
    account.stored(through);
    if (claimed.isEmpty() && scan.unexplainedTail() > TREE_BYTES) {
      account.begin(incarnations.getAsLong());
    }
    boolean isEmpty = through < last.firstSeq();
    if (isEmpty && claimed.isEmpty() && scan.unexplainedTail() > TREE_BYTES) {
      store.chain().replace(last, false);
    } else if (!isEmpty && !isReadable(last, through)) {
      repair(last, through);
    }
  }

  private long incarnationOf(SegmentFile segment, Frame block) throws StorageException {
    Optional<Frame> opened = StoreKey.opened(block, store.keyOf(segment));
    if (opened.isEmpty()) {
      return incarnations.getAsLong();
    }
    try {
      return BlockReader.read(ByteBuffer.wrap(opened.get().payload())).id().incarnation();
    } catch (BlockFormatException e) {
      return incarnations.getAsLong();
    }
  }

  private static Optional<Head> newer(Optional<Head> one, Optional<Head> two) {
    if (one.isEmpty() || two.isEmpty()) {
      return one.isPresent() ? one : two;
    }
    return one.get().version() >= two.get().version() ? one : two;
  }

  /**
   * How far the tree of a segment goes, whether or not what it refers to is whole; empty when there
   * is no tree.
   */
  private Optional<Long> claimed(SegmentFile segment) {
    try (Segment open = forReading(segment)) {
      return Optional.of(open.lastSeq());
    } catch (StorageException e) {
      return Optional.empty();
    }
  }

  /**
   * The last sequence number without a gap before it that nothing accounts for. A gap up to {@code
   * known} is damage; one beyond is a commit that did not get through, and what lies behind it was
   * never accepted.
   */
  private static long contiguous(List<Frame> blocks, long firstSeq, long known) {
    long next = firstSeq;
    for (Frame block : blocks) {
      if (block.position() > next && block.position() > known + 1) {
        break;
      }
      next = Math.max(next, block.lastSeq() + 1);
    }
    return Math.max(next - 1, known);
  }

  private Segment forReading(SegmentFile segment) throws StorageException {
    return Segment.openForReading(store.medium().file(segment.name()), store.keyOf(segment));
  }

  private boolean isReadable(SegmentFile segment, long through) {
    try (Segment open = forReading(segment)) {
      long next = segment.firstSeq();
      for (Frame frame : open.frames()) {
        if (frame.kind() == Frame.Kind.BLOCK && frame.position() == next) {
          next = frame.lastSeq() + 1;
        }
      }
      return next > through;
    } catch (StorageException e) {
      return false;
    }
  }

  /**
   * Rewrites a segment from the frames that are whole, sets the old file aside; returns the number
   * of lost samples.
   */
  long repair(SegmentFile segment, long lastSeq) throws StorageException {
    Optional<StoreKey> key = store.keyOf(segment);
    FrameScan scan = FrameScan.of(store.medium().file(segment.name()));
    List<Frame> blocks =
        scan.blocks().stream()
            .filter(b -> b.position() >= segment.firstSeq() && b.lastSeq() <= lastSeq)
            .filter(b -> StoreKey.opened(b, key).isPresent())
            .toList();
    if (!blocks.isEmpty()) {
      write(segment, scan, blocks, lastSeq);
    }
    store.chain().replace(segment, !blocks.isEmpty());
    long lost = 0;
    long next = segment.firstSeq();
    for (Frame block : blocks) {
      lost += account.drop(next, block.position() - 1, StreamStore.DAMAGED);
      next = block.lastSeq() + 1;
    }
    return lost + account.drop(next, lastSeq, StreamStore.DAMAGED);
  }

  private void write(SegmentFile segment, FrameScan scan, List<Frame> blocks, long lastSeq)
      throws StorageException {
    String name = segment.repairName();
    if (store.medium().names().contains(name)) {
      store.medium().delete(name);
    }
    try (Segment repaired = Segment.open(store.medium().file(name), store.keyOf(segment))) {
      for (Frame key : scan.keys()) {
        repaired.put(key);
      }
      for (Frame block : blocks) {
        repaired.put(block);
      }
      repaired.put(account.head(lastSeq, store.runMillis(), 0).toFrame());
      repaired.commit();
    }
  }
}
