// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.signal;

import io.kete.data.api.Reading;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Passes over a list of readings that copy it only when something changes. */
final class Readings {
  private Readings() {}

  /** Answers for one reading: the same, another one, or null to take it out. */
  @FunctionalInterface
  interface Rule {
    @Nullable Reading apply(Reading reading);
  }

  static List<Reading> through(List<Reading> readings, Rule rule) {
    List<Reading> changed = null;
    for (int i = 0; i < readings.size(); i++) {
      Reading before = readings.get(i);
      Reading after = rule.apply(before);
      if (changed == null && after != before) {
        changed = new ArrayList<>(readings.size());
        changed.addAll(readings.subList(0, i));
      }
      if (changed != null && after != null) {
        changed.add(after);
      }
    }
    return changed == null ? readings : changed;
  }
}
