// SPDX-License-Identifier: EPL-2.0
package io.kete.model.trees;

/** Intercept and weighted sum of a row. */
final class Linear implements Formula {

  private final double intercept;
  private final double[] weights;
  private final Link link;

  Linear(double intercept, double[] weights, Link link) {
    this.intercept = intercept;
    this.weights = weights.clone();
    this.link = link;
  }

  @Override
  public double of(float[] inputs, int from) {
    double sum = intercept;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * inputs[from + i];
    }
    return link.of(sum);
  }
}
