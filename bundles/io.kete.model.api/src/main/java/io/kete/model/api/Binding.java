// SPDX-License-Identifier: EPL-2.0
package io.kete.model.api;

import java.util.Map;
import java.util.Objects;

/**
 * How a route connects a model.
 *
 * @param route id of the route; together with the slot it names the window
 * @param channels channel of the sample for each role, by role
 * @param prefix put before the name of an output to make its channel; empty means {@code <model>.}
 */
public record Binding(String route, Map<String, String> channels, String prefix) {

  public Binding {
    Objects.requireNonNull(route, "route");
    Objects.requireNonNull(prefix, "prefix");
    channels = Map.copyOf(channels);
  }
}
