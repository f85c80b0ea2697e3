// SPDX-License-Identifier: EPL-2.0
package io.kete.model.trees;

/** One output of a model. Never changed after it was made. */
sealed interface Formula permits Linear, Ensemble {

  /** The output for the row that begins at {@code from}. */
  double of(float[] inputs, int from);
}
