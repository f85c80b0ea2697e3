// SPDX-License-Identifier: EPL-2.0
package io.kete.model.api;

import java.util.List;

/**
 * An input with the output that the training tool computed for it.
 *
 * @param inputs unscaled values: for each step of the window, oldest first, one value for each role
 *     in the order of the roles
 * @param outputs one value for each output
 * @param tolerance largest allowed absolute difference
 */
public record GoldenVector(List<Double> inputs, List<Double> outputs, double tolerance) {

  public GoldenVector {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    if (!(tolerance >= 0)) {
      throw new IllegalArgumentException("tolerance must not be negative: " + tolerance);
    }
  }
}
