// SPDX-License-Identifier: EPL-2.0
package io.kete.model.api;

import java.util.Objects;

/**
 * An input of a model.
 *
 * @param name name of the role, unique in its model
 * @param unit unit the model expects, empty when it has none
 * @param min smallest value the model was trained on
 * @param max largest value the model was trained on
 * @param missing what to do when the channel gave no value
 * @param offset subtracted from the value before the model sees it
 * @param scale the difference is divided by this; not 0
 * @param mean mean of the training set, NaN when it is not known
 * @param deviation standard deviation of the training set, NaN when it is not known
 */
public record Role(
    String name,
    String unit,
    double min,
    double max,
    Missing missing,
    double offset,
    double scale,
    double mean,
    double deviation) {

  /** What stands for a missing value. */
  public enum Missing {
    /** The sample is not scored; its scores are BAD with the reason. */
    REFUSE,
    /** The last value of the channel; REFUSE as long as there is none. */
    HOLD,
    /** The role's offset, that is zero after scaling. */
    OFFSET
  }

  public Role {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(missing, "missing");
    if (!(min <= max) || !Double.isFinite(offset) || !Double.isFinite(scale) || scale == 0) {
      throw new IllegalArgumentException(
          "role "
              + name
              + ": min <= max, a finite offset and a finite scale that is not 0 are needed");
    }
  }

  /** A role without statistics of the training set. */
  public Role(
      String name,
      String unit,
      double min,
      double max,
      Missing missing,
      double offset,
      double scale) {
    this(name, unit, min, max, missing, offset, scale, Double.NaN, Double.NaN);
  }

  /** The value as the model sees it. */
  public float scaled(double value) {
    return (float) ((value - offset) / scale);
  }
}
