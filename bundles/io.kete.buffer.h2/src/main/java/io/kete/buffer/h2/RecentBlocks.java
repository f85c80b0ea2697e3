// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The blocks stored last, so that live data is sent without reading the medium. Safe for several
 * threads.
 */
final class RecentBlocks {

  private final TreeMap<Long, Stored> blocks = new TreeMap<>();
  private final int maxBytes;
  private int bytes;

  RecentBlocks(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  synchronized void add(Stored stored) {
    blocks.put(stored.block().id().firstSeq(), stored);
    bytes += stored.frameBytes();
    while (bytes > maxBytes) {
      bytes -= blocks.pollFirstEntry().getValue().frameBytes();
    }
  }

  synchronized Optional<Stored> with(long seq) {
    Map.Entry<Long, Stored> entry = blocks.floorEntry(seq);
    return entry != null && entry.getValue().block().id().lastSeq() >= seq
        ? Optional.of(entry.getValue())
        : Optional.empty();
  }

  /** First sequence number of the block stored last, if it is still here. */
  synchronized OptionalLong newest() {
    return blocks.isEmpty() ? OptionalLong.empty() : OptionalLong.of(blocks.lastKey());
  }

  synchronized void remove(long firstSeq) {
    Stored gone = blocks.remove(firstSeq);
    if (gone != null) {
      bytes -= gone.frameBytes();
    }
  }
}
