// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.slot;

import io.kete.data.api.Lineage;
import io.kete.model.api.Output;
import io.kete.model.api.Role;
import java.util.List;

/** How one version reads and writes the samples of one binding; made once for both. */
final class Plan {

  private final Serving version;
  private final Wiring wiring;
  private final List<Lineage> lineage;

  /**
   * @param wiring fits the version
   */
  Plan(Serving version, String slot, Wiring wiring) {
    this.version = version;
    this.wiring = wiring;
    this.lineage =
        List.of(
            new Lineage(
                slot,
                version.descriptor().name(),
                version.descriptor().version(),
                version.digestShown(),
                wiring.inputs(),
                wiring.scores()));
  }

  boolean isFor(Serving other) {
    return version == other;
  }

  Wiring wiring() {
    return wiring;
  }

  Role[] roles() {
    return version.roles();
  }

  int steps() {
    return version.descriptor().steps();
  }

  int width() {
    return version.descriptor().width();
  }

  Output[] outputs() {
    return version.outputs();
  }

  List<Lineage> lineageAfter(List<Lineage> before) {
    if (before.isEmpty()) {
      return lineage;
    }
    Lineage[] all = before.toArray(new Lineage[before.size() + 1]);
    all[before.size()] = lineage.get(0);
    return List.of(all);
  }
}
