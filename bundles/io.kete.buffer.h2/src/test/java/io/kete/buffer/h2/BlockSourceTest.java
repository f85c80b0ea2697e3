// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.data.api.Block;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BlockSourceTest {

  private static final long SEGMENT = 1L << 20;

  @TempDir Path directory;

  private final List<SegmentFile> damage = new ArrayList<>();

  private StreamStore store() throws StorageException {
    StreamStore store =
        new StreamStore(new Medium(directory.toString()), Optional::empty, () -> 0, 0);
    store.open(() -> 77);
    for (int i = 1; i <= 10; i++) {
      Block block = Bench.block(i, 1);
      store.commit(
          List.of(new StreamStore.Entry(block, Bench.frame(block), Optional.empty())), SEGMENT);
    }
    return store;
  }

  /** The writer ends the segment between the look-up and the read: that is no damage. */
  @Test
  void readsASegmentThatIsEndedAtThatMoment() throws StorageException {
    StreamStore store = store();
    try (OpenSegments opened = new OpenSegments(store)) {
      BlockSource source = new BlockSource(store, opened, damage::add);
      assertThat(source.with(5)).isPresent();
      store.active().orElseThrow().close();
      assertThat(source.with(6).orElseThrow().block().id().firstSeq()).isEqualTo(6);
      store.roll();
      assertThat(source.with(7)).isPresent();
      assertThat(damage).isEmpty();
    } finally {
      store.close();
    }
  }

  /** A segment is dropped between the look-up and the read: that is no damage either. */
  @Test
  void saysNothingOfASegmentThatIsGone() throws StorageException {
    StreamStore store = store();
    try (OpenSegments opened = new OpenSegments(store)) {
      BlockSource source = new BlockSource(store, opened, damage::add);
      assertThat(store.makeRoom(SEGMENT, SEGMENT)).isEqualTo(10);
      assertThat(source.with(5)).isEmpty();
      assertThat(damage).isEmpty();
    } finally {
      store.close();
    }
  }

  /** Both lanes stand in the same older segment, and H2 locks what it has open. */
  @Test
  void twoLanesReadTheSameOlderSegment() throws StorageException {
    StreamStore store = store();
    store.roll();
    try (OpenSegments opened = new OpenSegments(store)) {
      BlockSource backlog = new BlockSource(store, opened, damage::add);
      BlockSource live = new BlockSource(store, opened, damage::add);
      assertThat(backlog.with(3)).isPresent();
      assertThat(live.with(8)).isPresent();
      assertThat(backlog.with(4)).isPresent();
      assertThat(damage).isEmpty();
    } finally {
      store.close();
    }
  }

  @Test
  void keepsAsManySegmentsOpenAsThereAreLanes() throws StorageException {
    StreamStore store = store();
    store.roll();
    for (int i = 11; i <= 30; i++) {
      Block block = Bench.block(i, 1);
      store.commit(
          List.of(new StreamStore.Entry(block, Bench.frame(block), Optional.empty())), SEGMENT);
      if (i % 10 == 0) {
        store.roll();
      }
    }
    try (OpenSegments opened = new OpenSegments(store)) {
      List<Segment> segments = new ArrayList<>();
      for (SegmentFile file : store.chain().segments()) {
        if (store.chain().after(file).isPresent()) {
          segments.add(opened.open(file));
        }
      }
      assertThat(segments).extracting(Segment::isClosed).containsExactly(true, false, false);
      SegmentFile first = store.chain().first().orElseThrow();
      assertThat(opened.open(first)).isNotSameAs(segments.get(0));
      assertThat(opened.open(first)).isSameAs(opened.open(first));
    } finally {
      store.close();
    }
  }
}
