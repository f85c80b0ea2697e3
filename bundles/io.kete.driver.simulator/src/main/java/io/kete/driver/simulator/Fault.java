// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.simulator;

import java.util.Locale;
import java.util.Optional;

/** What goes wrong with the pump. */
enum Fault {
  NONE,
  /** The valve closes within a minute: flow falls, pressure rises. */
  CLOSING_VALVE,
  /** The bearing wears out within ten minutes: vibration, temperature and current rise. */
  BEARING_WEAR,
  /** The flow sensor fails for some seconds again and again. */
  SENSOR_DROPOUT;

  /** The name in the configuration, for instance {@code bearing.wear}. */
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '.');
  }

  static Optional<Fault> of(String key) {
    for (Fault fault : values()) {
      if (fault.key().equals(key)) {
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }
}
