// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.slot;

import io.kete.model.api.ModelDescriptor;
import io.kete.model.api.Output;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Watches what a version gives while it serves, in blocks of rows, without a lock. Threads that
 * score at the same time may shift a few rows from one block to the next.
 */
final class Health {

  /** Rows after which it is judged. */
  static final int BLOCK = 256;

  /** One row of so many may be without a finite score. */
  private static final int FAILED_SHARE = 16;

  /** One row of so many may be outside the range of the outputs. */
  private static final int OUTSIDE_SHARE = 8;

  private final ModelDescriptor descriptor;
  private final Output[] outputs;
  private final Consumer<String> verdict;
  private final AtomicInteger rows = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicInteger outside = new AtomicInteger();
  private final AtomicLong quickest = new AtomicLong(Long.MAX_VALUE);
  private final Drift drift;

  /**
   * @param verdict hears after each block what is wrong, empty for nothing; has to return at once
   */
  Health(ModelDescriptor descriptor, Consumer<String> verdict) {
    this.descriptor = descriptor;
    this.outputs = descriptor.outputs().toArray(new Output[0]);
    this.verdict = verdict;
    this.drift = Drift.of(descriptor);
  }

  void scored(int count, float[] inputs, float[] values, long nanos) {
    int bad = 0;
    int strange = 0;
    for (int row = 0; row < count; row++) {
      boolean finite = true;
      boolean plausible = true;
      for (int i = 0; i < outputs.length; i++) {
        float value = values[row * outputs.length + i];
        finite &= Float.isFinite(value);
        plausible &= outputs[i].holds(value);
      }
      bad += finite ? 0 : 1;
      strange += finite && !plausible ? 1 : 0;
    }
    failed.addAndGet(bad);
    outside.addAndGet(strange);
    quickest.accumulateAndGet(nanos / count, Math::min);
    drift.scored(count, inputs, values);
    count(count);
  }

  void failed(int count) {
    failed.addAndGet(count);
    count(count);
  }

  private void count(int more) {
    int now = rows.addAndGet(more);
    if (now >= BLOCK && rows.compareAndSet(now, 0)) {
      verdict.accept(judge(now, failed.getAndSet(0), outside.getAndSet(0)));
    }
  }

  private String judge(int count, int bad, int strange) {
    long nanos = quickest.getAndSet(Long.MAX_VALUE);
    String drifted = drift.judge();
    if (bad > count / FAILED_SHARE) {
      return bad + " of the last " + count + " rows got no finite score";
    }
    if (strange > count / OUTSIDE_SHARE) {
      return strange + " of the last " + count + " rows got scores outside of min and max";
    }
    if (nanos != Long.MAX_VALUE && nanos > descriptor.latencyLimit().toNanos()) {
      return "a row took at least "
          + nanos / 1000
          + " us in the last "
          + count
          + ", latencyLimitMicros allows "
          + descriptor.latencyLimit().toNanos() / 1000;
    }
    return drifted;
  }
}
