// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.slot;

import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import io.kete.model.api.Binding;
import io.kete.model.api.Scorer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scores the samples of one binding. Takes one lease for each call, so that all of them are scored
 * by one version, and never waits for a change of versions.
 */
final class SlotScorer implements Scorer {

  private final SlotCore slot;
  private final Binding binding;
  private final String none;
  private final Assembly assembly;

  SlotScorer(SlotCore slot, Binding binding, Window window) {
    this.slot = slot;
    this.binding = binding;
    this.assembly = new Assembly(slot.name(), binding, window);
    String prefix = binding.prefix().isEmpty() ? slot.name() + "." : binding.prefix();
    this.none = prefix + NONE;
  }

  Binding binding() {
    return binding;
  }

  Window window() {
    return assembly.window();
  }

  @Override
  public List<Sample> score(List<Sample> samples) {
    Serving version = slot.leaseOrWait();
    if (version == null) {
      slot.counts().unscored(samples.size());
      return samples.stream().map(this::unscored).toList();
    }
    List<Sample> scored;
    try {
      scored = assembly.score(samples, version);
      slot.counts().scored(assembly.good(), samples.size() - assembly.good());
    } finally {
      version.release();
    }
    @Nullable Shadow shadow = slot.shadow();
    if (shadow != null) {
      shadow.compare(binding, samples, scored);
    }
    return scored;
  }

  private Sample unscored(Sample sample) {
    List<Reading> readings = new ArrayList<>(sample.readings().size() + 1);
    readings.addAll(sample.readings());
    readings.removeIf(reading -> reading.channel().equals(none));
    readings.add(new Reading.Failed(none, "none", sample.timeMillis()));
    return sample.withReadings(readings);
  }

  @Override
  public void close() {
    slot.close(this);
  }
}
