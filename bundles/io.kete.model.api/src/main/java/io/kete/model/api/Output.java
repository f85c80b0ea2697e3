// SPDX-License-Identifier: EPL-2.0
package io.kete.model.api;

import java.util.Objects;

/**
 * An output of a model.
 *
 * @param name name, unique in its model; the reading's channel is {@code <model>.<name>} unless the
 *     route says otherwise
 * @param unit unit, empty when it has none
 */
public record Output(String name, String unit) {

  public Output {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(unit, "unit");
  }
}
