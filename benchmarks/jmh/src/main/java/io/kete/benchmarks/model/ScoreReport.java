// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.model;

import static io.kete.benchmarks.Iterations.of;

import io.kete.benchmarks.Iterations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** Reads what {@link ScoreCost} measured, prints the table and the verdict. */
public final class ScoreReport {

  private static final double BOUND = 15;

  private ScoreReport() {}

  public static void main(String... args) throws IOException {
    Map<String, Double> nanos = Iterations.fastest(Arrays.stream(args).map(Path::of).toList());
    double judged = row(nanos, "window", 32);
    double single = row(nanos, "window", 1);
    double small = row(nanos, "pump", 32);
    double smallSingle = row(nanos, "pump", 1);
    boolean holds = judged <= BOUND;
    System.out.printf(
        "%s score-cost: slot, assembly and lineage add %.1f %% to a bare call of ONNX Runtime with"
            + " 32 rows of an autoencoder over 32 samples of 8 roles, %.1f %% with one row; to one"
            + " of the pump's model %.0f %% and %.0f %%; bound: %.0f %% for the first%n",
        holds ? "PROVED" : "FAILED", judged, single, small, smallSingle, BOUND);
    System.exit(holds ? 0 : 1);
  }

  /** What is added, in percent. */
  private static double row(Map<String, Double> nanos, String model, int rows) {
    double bare = of(nanos, "bareCall." + model + "." + rows);
    double least = of(nanos, "leastCall." + model + "." + rows);
    double slot = of(nanos, "slot." + model + "." + rows);
    double added = 100 * (slot - bare) / bare;
    System.out.printf(
        "%-7s %2d rows: bare call %,8.0f ns, slot %,8.0f ns, added %,6.0f ns = %.1f %%; over a call"
            + " with a tensor that is kept, %,.0f ns: %.1f %%%n",
        model, rows, bare, slot, slot - bare, added, least, 100 * (slot - least) / least);
    return added;
  }
}
