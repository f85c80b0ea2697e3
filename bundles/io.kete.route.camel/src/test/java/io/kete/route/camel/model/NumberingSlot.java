// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.model;

import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import io.kete.model.api.Binding;
import io.kete.model.api.ModelSlot;
import io.kete.model.api.Scorer;
import io.kete.model.api.SlotState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.kura.type.TypedValues;

/** A slot whose score is the number of the sample, as long as it has a model. */
public final class NumberingSlot implements ModelSlot {
  private final List<Runnable> watches = new CopyOnWriteArrayList<>();
  private final List<Binding> bindings = new CopyOnWriteArrayList<>();
  private final AtomicLong numbers = new AtomicLong();
  private final AtomicInteger open = new AtomicInteger();
  private volatile boolean model;

  /** A model came or went. */
  public NumberingSlot model(boolean there) {
    model = there;
    watches.forEach(Runnable::run);
    return this;
  }

  public List<Binding> bindings() {
    return bindings;
  }

  public int open() {
    return open.get();
  }

  @Override
  public String name() {
    return "pump";
  }

  @Override
  public Scorer open(Binding binding) {
    bindings.add(binding);
    open.incrementAndGet();
    return new Scorer() {
      @Override
      public List<Sample> score(List<Sample> samples) {
        return samples.stream().map(sample -> scored(sample)).toList();
      }

      @Override
      public void close() {
        open.decrementAndGet();
      }
    };
  }

  private Sample scored(Sample sample) {
    List<Reading> readings = new ArrayList<>(sample.readings());
    readings.add(
        model
            ? Reading.Measured.good(
                "score", TypedValues.newLongValue(numbers.incrementAndGet()), "", 0)
            : new Reading.Failed("pump.model", "none", 0));
    return sample.withReadings(readings);
  }

  @Override
  public SlotState state() {
    return new SlotState(
        model ? Optional.of(new SlotState.Identity("m", "1.0.0", "")) : Optional.empty(), "");
  }

  @Override
  public Watch watch(Runnable changed) {
    watches.add(changed);
    return () -> watches.remove(changed);
  }
}
