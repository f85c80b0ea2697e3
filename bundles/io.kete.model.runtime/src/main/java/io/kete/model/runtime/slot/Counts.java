// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.slot;

import java.util.concurrent.atomic.LongAdder;

/** What became of the samples of a slot. */
final class Counts {

  private final LongAdder scored = new LongAdder();
  private final LongAdder bad = new LongAdder();
  private final LongAdder none = new LongAdder();

  void scored(int good, int failed) {
    scored.add(good);
    bad.add(failed);
  }

  void unscored(int samples) {
    none.add(samples);
  }

  /** Samples with a score. */
  long scored() {
    return scored.sum();
  }

  /** Samples with a BAD score and its reason. */
  long bad() {
    return bad.sum();
  }

  /** Samples that came while there was no model. */
  long none() {
    return none.sum();
  }
}
