// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.gate;

import io.kete.model.api.LoadedModel;
import io.kete.model.api.ModelException;

/** Keeps what an engine throws against its contract from ending the way of a sample. */
final class Guarded implements LoadedModel {

  private final LoadedModel model;

  Guarded(LoadedModel model) {
    this.model = model;
  }

  @Override
  public void score(int rows, float[] inputs, float[] outputs) throws ModelException {
    try {
      model.score(rows, inputs, outputs);
    } catch (RuntimeException broken) {
      // The engine may be anybody's; its failure must cost the score, not the sample.
      throw new ModelException("the engine broke with " + broken.getClass().getName(), broken);
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
