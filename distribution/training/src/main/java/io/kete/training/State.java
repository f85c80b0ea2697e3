// SPDX-License-Identifier: EPL-2.0
package io.kete.training;

import java.util.Arrays;

/**
 * What the sensors of a pump show at one moment.
 *
 * @param flow m³/h
 * @param pressure bar
 * @param vibration mm/s
 * @param current A
 * @param temperature °C, of the bearing
 * @param fault what is wrong
 */
record State(
    double flow,
    double pressure,
    double vibration,
    double current,
    double temperature,
    Fault fault) {

  /** What can be wrong. */
  enum Fault {
    NONE,
    /** Vibrates and warms up. */
    BEARING,
    /** Gas in the water: pressure falls, vibrates a little. */
    CAVITATION,
    /** Water flows back inside: less pressure at the same flow. */
    WORN_IMPELLER,
    /** More current at the same load, warmer. */
    WINDING
  }

  /** One value for each of {@link Role}, in their order. */
  double[] values() {
    return Arrays.stream(Role.values()).mapToDouble(role -> role.of(this)).toArray();
  }
}
