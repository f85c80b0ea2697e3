// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.slot;

import io.kete.data.api.Quality;
import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import io.kete.model.api.Binding;
import io.kete.model.api.ModelException;
import io.kete.model.api.Output;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.kura.type.TypedValues;
import org.jspecify.annotations.Nullable;

/** Makes rows of samples, lets a version score them, and puts the scores into the samples. */
final class Assembly {

  /** Begins the reason of a sample that came before the window was full. */
  static final String FILLING = "the window holds ";

  /** Most values that are given to the engine at once, so that memory has a bound. */
  private static final int MAX_VALUES = 1 << 16;

  private static final int MAX_ROWS = 256;
  private static final int BAD = -1;

  private final String slot;
  private final Binding binding;
  private final Window window;
  private final Row row = new Row();
  private @Nullable Plan plan;
  private float[] inputs = new float[0];
  private float[] outputs = new float[0];
  private int[] rowOf = new int[0];
  private String[] notes = new String[0];
  private int good;

  Assembly(String slot, Binding binding, Window window) {
    this.slot = slot;
    this.binding = binding;
    this.window = window;
  }

  Window window() {
    return window;
  }

  /** How many of the last samples got scores. */
  int good() {
    return good;
  }

  List<Sample> score(List<Sample> samples, Serving version) {
    Plan present = planFor(version);
    good = 0;
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
    Plan before = plan;
    if (before != null && before.isFor(version)) {
      return before;
    }
    Wiring wiring =
        before != null && before.wiring().fits(version.descriptor())
            ? before.wiring()
            : new Wiring(version.descriptor(), binding);
    Plan present = new Plan(version, slot, wiring);
    window.fit(wiring.roles(), present.steps());
    plan = present;
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
    for (int i = 0; i < scored.length; i++) {
      boolean bad = rowOf[i] == BAD || !broken.isEmpty();
      String why = rowOf[i] == BAD ? notes[i] : broken;
      scored[i] = bad ? failed(samples.get(i), present, why) : complete(samples.get(i), present, i);
      good += bad ? 0 : 1;
    }
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
    String problem = present.wiring().problem();
    if (!problem.isEmpty()) {
      notes[index] = problem;
      return 0;
    }
    if (!row.read(sample, present, window)) {
      notes[index] = row.failure();
      return 0;
    }
    window.push(row.values());
    int steps = present.steps();
    if (window.count() < steps) {
      notes[index] = FILLING + window.count() + " of " + steps + " samples";
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
    Output[] all = present.outputs();
    int first = rowOf[index] * all.length;
    String doubt = notes[index];
    Quality quality = doubt.isEmpty() ? Quality.GOOD : Quality.UNCERTAIN;
    Reading[] readings = withRoomFor(all.length, sample, present.wiring());
    int place = readings.length - all.length;
    for (int i = 0; i < all.length; i++) {
      float value = outputs[first + i];
      String channel = present.wiring().score(i);
      readings[place + i] =
          Float.isFinite(value)
              ? new Reading.Measured(
                  channel,
                  TypedValues.newFloatValue(value),
                  all[i].unit(),
                  quality,
                  doubt,
                  sample.timeMillis())
              : new Reading.Failed(channel, "the model gave no finite number", sample.timeMillis());
    }
    return with(sample, present, readings);
  }

  private static Sample failed(Sample sample, Plan present, String why) {
    int scores = present.outputs().length;
    Reading[] readings = withRoomFor(scores, sample, present.wiring());
    int place = readings.length - scores;
    for (int i = 0; i < scores; i++) {
      readings[place + i] = new Reading.Failed(present.wiring().score(i), why, sample.timeMillis());
    }
    return with(sample, present, readings);
  }

  /** The readings, and behind them room for scores; one under the name of a score gives way. */
  private static Reading[] withRoomFor(int scores, Sample sample, Wiring wiring) {
    List<Reading> before = sample.readings();
    int size = before.size();
    Reading[] all = new Reading[size + scores];
    int count = 0;
    for (int i = 0; i < size; i++) {
      Reading reading = before.get(i);
      if (!wiring.replaces(reading.channel(), i)) {
        all[count++] = reading;
      }
    }
    return count == size ? all : Arrays.copyOf(all, count + scores);
  }

  private static Sample with(Sample sample, Plan present, Reading[] readings) {
    return new Sample(
        sample.asset(),
        sample.timeMillis(),
        sample.clock(),
        List.of(readings),
        present.lineageAfter(sample.lineage()));
  }
}
