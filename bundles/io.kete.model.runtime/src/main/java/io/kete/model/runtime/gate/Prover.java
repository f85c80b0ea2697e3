// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.gate;

import io.kete.model.api.GoldenVector;
import io.kete.model.api.LoadedModel;
import io.kete.model.api.ModelDescriptor;
import io.kete.model.api.ModelException;
import io.kete.model.api.Role;
import io.kete.model.runtime.content.RefusedException;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Lets a loaded model reproduce its golden vectors, row by row and several rows at once, and looks
 * at the time it takes.
 */
public final class Prover {

  /** The quickest of so many rows counts: a busy machine must not make a good model look slow. */
  private static final int TIMED_ROWS = 16;

  /** Most values that are given to the engine at once. */
  private static final int MAX_VALUES = 1 << 16;

  private final LongSupplier nanoTime;

  /**
   * @param nanoTime monotonic time
   */
  public Prover(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Reproduces the golden vectors; the time is looked at only on request. */
  void prove(ModelDescriptor descriptor, LoadedModel model, boolean timed) throws RefusedException {
    List<GoldenVector> golden = descriptor.golden();
    int width = descriptor.width();
    int count = descriptor.outputs().size();
    long quickest = Long.MAX_VALUE;
    float[] row = new float[width];
    float[] single = new float[count];
    for (int i = 0; i < Math.max(golden.size(), TIMED_ROWS); i++) {
      int vector = i % golden.size();
      fill(descriptor, golden.get(vector), row, 0);
      long begin = nanoTime.getAsLong();
      score(model, 1, row, single);
      quickest = Math.min(quickest, nanoTime.getAsLong() - begin);
      compare(descriptor, vector, single, 0, "");
    }
    together(descriptor, model);
    if (timed && quickest > descriptor.latencyLimit().toNanos()) {
      throw new RefusedException(
          "one row takes at least "
              + quickest / 1000
              + " us, latencyLimitMicros allows "
              + descriptor.latencyLimit().toNanos() / 1000,
          false);
    }
  }

  private static void together(ModelDescriptor descriptor, LoadedModel model)
      throws RefusedException {
    int width = descriptor.width();
    int count = descriptor.outputs().size();
    int rows = Math.min(descriptor.golden().size(), Math.max(1, MAX_VALUES / width));
    float[] inputs = new float[rows * width];
    float[] outputs = new float[rows * count];
    for (int i = 0; i < rows; i++) {
      fill(descriptor, descriptor.golden().get(i), inputs, i * width);
    }
    score(model, rows, inputs, outputs);
    for (int i = 0; i < rows; i++) {
      compare(descriptor, i, outputs, i * count, " when scored with others");
    }
  }

  private static void score(LoadedModel model, int rows, float[] inputs, float[] outputs)
      throws RefusedException {
    try {
      model.score(rows, inputs, outputs);
    } catch (ModelException e) {
      throw new RefusedException(
          "a golden vector cannot be scored: " + e.getMessage(), e.isLasting());
    }
  }

  private static void fill(
      ModelDescriptor descriptor, GoldenVector vector, float[] inputs, int first) {
    List<Role> roles = descriptor.roles();
    for (int i = 0; i < descriptor.width(); i++) {
      inputs[first + i] = roles.get(i % roles.size()).scaled(vector.inputs().get(i));
    }
  }

  private static void compare(
      ModelDescriptor descriptor, int vector, float[] outputs, int first, String how)
      throws RefusedException {
    GoldenVector golden = descriptor.golden().get(vector);
    for (int i = 0; i < descriptor.outputs().size(); i++) {
      double difference = Math.abs(outputs[first + i] - golden.outputs().get(i));
      if (!(difference <= golden.tolerance())) {
        throw new RefusedException(
            "golden vector "
                + (vector + 1)
                + how
                + ": output "
                + descriptor.outputs().get(i).name()
                + " differs by "
                + (float) difference
                + ", allowed is "
                + (float) golden.tolerance(),
            true);
      }
    }
  }
}
