// SPDX-License-Identifier: EPL-2.0
package io.kete.model.trees;

import io.kete.model.api.LoadedModel;
import io.kete.model.api.ModelException;
import java.util.List;

/** Formulas that are never changed, so any number of threads may score. */
final class TreesModel implements LoadedModel {

  private final int width;
  private final Formula[] outputs;
  private volatile boolean closed;

  TreesModel(int width, List<Formula> outputs) {
    this.width = width;
    this.outputs = outputs.toArray(Formula[]::new);
  }

  @Override
  public void score(int rows, float[] inputs, float[] results) throws ModelException {
    if (closed) {
      throw new ModelException("the model is closed");
    }
    if (rows < 1
        || inputs.length < (long) rows * width
        || results.length < (long) rows * outputs.length) {
      throw new IllegalArgumentException(
          rows
              + " rows need "
              + (long) rows * width
              + " inputs and room for "
              + (long) rows * outputs.length
              + " outputs");
    }
    int next = 0;
    for (int row = 0; row < rows; row++) {
      for (Formula output : outputs) {
        results[next++] = (float) output.of(inputs, row * width);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
