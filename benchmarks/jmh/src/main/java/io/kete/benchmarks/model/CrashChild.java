// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.model;

import io.kete.data.api.Sample;
import io.kete.model.api.Scorer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A gateway of its own process, in which a model ends the process while it is loaded. */
final class CrashChild {

  private static final int CRASHED = 134;

  private CrashChild() {}

  /** Exit code 0 when the good model serves and the deadly one is refused. */
  static int run(Path folder, String what) throws Exception {
    Station station =
        new Station(
            folder.resolve("crash"),
            folder.resolve("anchors"),
            Map.of(
                "crash",
                (descriptor, model) -> {
                  Runtime.getRuntime().halt(CRASHED);
                  throw new IllegalStateException("unreachable");
                }));
    try (station;
        Scorer scorer = station.open()) {
      List<Sample> scored = scorer.score(List.of(Station.sample(20, 30)));
      boolean atOnce = scored.get(0).lineage().size() == 1;
      station.look();
      String refusal = station.slot().state().lastRefusal();
      System.out.println("          child   " + what + ": " + station.version() + ", " + refusal);
      return atOnce && station.version().equals("1.0.0") && refusal.contains("the gateway ended 1")
          ? 0
          : 1;
    }
  }
}
