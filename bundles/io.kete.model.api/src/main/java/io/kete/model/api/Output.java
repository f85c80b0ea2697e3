// SPDX-License-Identifier: EPL-2.0
package io.kete.model.api;

import java.util.Objects;

/**
 * An output of a model.
 *
 * @param name name, unique in its model; the reading's channel is {@code <model>.<name>} unless the
 *     route says otherwise
 * @param unit unit, empty when it has none
 * @param min smallest plausible value, minus infinity when it is not known
 * @param max largest plausible value, plus infinity when it is not known
 * @param mean mean over the training set; to be stated only when it holds whenever the inputs are
 *     like those of the training, NaN otherwise
 * @param deviation standard deviation over the training set, NaN when there is no mean
 */
public record Output(
    String name, String unit, double min, double max, double mean, double deviation) {

  public Output {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(unit, "unit");
    if (!(min <= max)) {
      throw new IllegalArgumentException("output " + name + ": min <= max is needed");
    }
  }

  /** An output without statistics of the training set. */
  public Output(String name, String unit, double min, double max) {
    this(name, unit, min, max, Double.NaN, Double.NaN);
  }

  /** An output whose range is not known. */
  public Output(String name, String unit) {
    this(name, unit, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  /** Whether the value is finite and plausible. */
  public boolean holds(float value) {
    return Float.isFinite(value) && value >= min && value <= max;
  }
}
