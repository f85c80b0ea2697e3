// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import java.util.HashMap;
import java.util.Map;

/** Blocks that were given out and not acknowledged. Safe for several threads. */
final class InFlight {

  private final Map<Long, Integer> counts = new HashMap<>();
  private long samples;

  synchronized void add(long firstSeq, int count) {
    Integer before = counts.put(firstSeq, count);
    samples += count - (before == null ? 0 : before);
  }

  synchronized void remove(long firstSeq) {
    Integer count = counts.remove(firstSeq);
    samples -= count == null ? 0 : count;
  }

  synchronized void clear() {
    counts.clear();
    samples = 0;
  }

  synchronized long samples() {
    return samples;
  }
}
