// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.slot;

import io.kete.data.api.Quality;
import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import io.kete.model.api.Binding;
import io.kete.model.api.ModelException;
import io.kete.model.api.Scorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.kura.type.TypedValues;
import org.jspecify.annotations.Nullable;

/**
 * Scores the samples of one binding. Takes one lease for each call, so that all of them are scored
 * by one version, and never waits for a change of versions.
 */
final class SlotScorer implements Scorer {

  /** Most values that are given to the engine at once, so that memory has a bound. */
  private static final int MAX_VALUES = 1 << 16;

  private static final int MAX_ROWS = 256;
  private static final int BAD = -1;

  private final SlotCore slot;
  private final Binding binding;
  private final String none;
  private final Window window;
  private final Row row = new Row();
  private @Nullable Plan plan;
  private float[] inputs = new float[0];
  private float[] outputs = new float[0];
  private int[] rowOf = new int[0];
  private String[] notes = new String[0];

  SlotScorer(SlotCore slot, Binding binding, Window window) {
    this.slot = slot;
    this.binding = binding;
    this.window = window;
    String prefix = binding.prefix().isEmpty() ? slot.name() + "." : binding.prefix();
    this.none = prefix + NONE;
  }

  Binding binding() {
    return binding;
  }

  Window window() {
    return window;
  }

  @Override
  public List<Sample> score(List<Sample> samples) {
    Serving version = slot.lease();
    if (version == null) {
      slot.counts().unscored(samples.size());
      return samples.stream().map(this::unscored).toList();
    }
    try {
      return score(samples, version);
    } finally {
      version.release();
    }
  }

  private Sample unscored(Sample sample) {
    List<Reading> readings = new ArrayList<>(sample.readings().size() + 1);
    readings.addAll(sample.readings());
    readings.removeIf(reading -> reading.channel().equals(none));
    readings.add(new Reading.Failed(none, "none", sample.timeMillis()));
    return sample.withReadings(readings);
  }

  private List<Sample> score(List<Sample> samples, Serving version) {
    Plan present = planFor(version);
    int most = Math.max(1, Math.min(MAX_ROWS, MAX_VALUES / present.width()));
    if (samples.size() <= most) {
      return Arrays.asList(chunk(samples, version, present));
    }
    List<Sample> scored = new ArrayList<>(samples.size());
    for (int first = 0; first < samples.size(); first += most) {
      List<Sample> part = samples.subList(first, Math.min(samples.size(), first + most));
      scored.addAll(Arrays.asList(chunk(part, version, present)));
    }
    return scored;
  }

  private Plan planFor(Serving version) {
    Plan present = plan;
    if (present == null || !present.isFor(version)) {
      present = new Plan(version, slot.name(), binding);
      window.fit(present.roleNames(), present.steps());
      plan = present;
    }
    return present;
  }

  private Sample[] chunk(List<Sample> samples, Serving version, Plan present) {
    room(samples.size(), present);
    int rows = 0;
    for (int i = 0; i < samples.size(); i++) {
      rows += assemble(samples.get(i), i, rows, present);
    }
    String broken = rows == 0 ? "" : run(rows, version);
    Sample[] scored = new Sample[samples.size()];
    int good = 0;
    for (int i = 0; i < scored.length; i++) {
      boolean bad = rowOf[i] == BAD || !broken.isEmpty();
      String why = rowOf[i] == BAD ? notes[i] : broken;
      scored[i] = bad ? failed(samples.get(i), present, why) : complete(samples.get(i), present, i);
      good += bad ? 0 : 1;
    }
    slot.counts().scored(good, scored.length - good);
    return scored;
  }

  private void room(int samples, Plan present) {
    if (inputs.length < samples * present.width()) {
      inputs = new float[samples * present.width()];
    }
    if (outputs.length < samples * present.outputs().length) {
      outputs = new float[samples * present.outputs().length];
    }
    if (rowOf.length < samples) {
      rowOf = new int[samples];
      notes = new String[samples];
    }
  }

  /** Adds the sample's row when it has one: 1, else 0. */
  private int assemble(Sample sample, int index, int rows, Plan present) {
    rowOf[index] = BAD;
    if (!present.problem().isEmpty()) {
      notes[index] = present.problem();
      return 0;
    }
    if (!row.read(sample, present, window)) {
      notes[index] = row.failure();
      return 0;
    }
    window.push(row.values());
    int steps = present.steps();
    if (window.count() < steps) {
      notes[index] = "the window holds " + window.count() + " of " + steps + " samples";
      return 0;
    }
    window.scaled(steps, present.roles(), inputs, rows * present.width());
    rowOf[index] = rows;
    notes[index] = row.doubt();
    return 1;
  }

  private String run(int rows, Serving version) {
    try {
      version.score(rows, inputs, outputs);
      return "";
    } catch (ModelException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private Sample complete(Sample sample, Plan present, int index) {
    int first = rowOf[index] * present.outputs().length;
    String doubt = notes[index];
    Reading[] scores = new Reading[present.outputs().length];
    for (int i = 0; i < scores.length; i++) {
      float value = outputs[first + i];
      scores[i] =
          Float.isFinite(value)
              ? new Reading.Measured(
                  present.channel(i),
                  TypedValues.newFloatValue(value),
                  present.outputs()[i].unit(),
                  doubt.isEmpty() ? Quality.GOOD : Quality.UNCERTAIN,
                  doubt,
                  sample.timeMillis())
              : new Reading.Failed(
                  present.channel(i), "the model gave no finite number", sample.timeMillis());
    }
    return with(sample, present, scores);
  }

  private static Sample failed(Sample sample, Plan present, String why) {
    Reading[] scores = new Reading[present.outputs().length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = new Reading.Failed(present.channel(i), why, sample.timeMillis());
    }
    return with(sample, present, scores);
  }

  /** A reading that was there under the name of a score gives way to it. */
  private static Sample with(Sample sample, Plan present, Reading[] scores) {
    List<Reading> before = sample.readings();
    Reading[] all = new Reading[before.size() + scores.length];
    int count = 0;
    for (int i = 0; i < before.size(); i++) {
      if (!present.writes(before.get(i).channel())) {
        all[count++] = before.get(i);
      }
    }
    System.arraycopy(scores, 0, all, count, scores.length);
    count += scores.length;
    return new Sample(
        sample.asset(),
        sample.timeMillis(),
        sample.clock(),
        List.of(count == all.length ? all : Arrays.copyOf(all, count)),
        present.lineageAfter(sample.lineage()));
  }

  @Override
  public void close() {
    slot.close(this);
  }
}
