// SPDX-License-Identifier: EPL-2.0
package io.kete.status;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * The state of the gateway at one moment; areas with problems come first, the machine's own last.
 */
record Report(Instant time, List<Area> areas) {
  private static final List<String> LAST = List.of("framework", "process");

  Report {
    areas =
        areas.stream()
            .sorted(
                Comparator.comparing((Area area) -> area.problems().isEmpty())
                    .thenComparing(area -> LAST.indexOf(area.name()))
                    .thenComparing(Area::name))
            .toList();
  }

  /** Every problem with the area it is about. */
  List<String> problems() {
    return areas.stream()
        .flatMap(area -> area.problems().stream().map(problem -> area.name() + ": " + problem))
        .toList();
  }

  boolean isWell() {
    return areas.stream().allMatch(area -> area.problems().isEmpty());
  }
}
