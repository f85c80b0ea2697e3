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
    try (BlockSource source = new BlockSource(store, damage::add)) {
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
    try (BlockSource source = new BlockSource(store, damage::add)) {
      assertThat(store.makeRoom(SEGMENT, SEGMENT)).isEqualTo(10);
      assertThat(source.with(5)).isEmpty();
      assertThat(damage).isEmpty();
    } finally {
      store.close();
    }
  }
}
