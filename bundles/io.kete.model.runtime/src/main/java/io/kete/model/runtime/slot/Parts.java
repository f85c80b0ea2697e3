// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.slot;

import io.kete.data.api.Sample;
import io.kete.model.runtime.gate.Gate;
import io.kete.model.runtime.gate.Surroundings;
import io.kete.model.runtime.install.Catalogue;
import io.kete.model.runtime.store.Memory;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What a slot works with.
 *
 * @param catalogue what is installed
 * @param surroundings engines
 * @param gate judges models
 * @param memory outlives restarts
 * @param upstream hears of changes
 * @param executor one thread, or the caller's; runs tasks in order
 * @param clock milliseconds since 1970 UTC
 * @param nanoTime monotonic time, for how long a version takes
 */
public record Parts(
    Catalogue catalogue,
    Surroundings surroundings,
    Gate gate,
    Memory memory,
    Consumer<Sample> upstream,
    Executor executor,
    LongSupplier clock,
    LongSupplier nanoTime) {

  /** With the machine's monotonic time. */
  public Parts(
      Catalogue catalogue,
      Surroundings surroundings,
      Gate gate,
      Memory memory,
      Consumer<Sample> upstream,
      Executor executor,
      LongSupplier clock) {
    this(catalogue, surroundings, gate, memory, upstream, executor, clock, System::nanoTime);
  }
}
