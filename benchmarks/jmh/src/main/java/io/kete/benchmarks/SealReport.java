// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks;

import static io.kete.benchmarks.Iterations.of;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Reads what {@link SealCost} and {@link SealBytes} measured, prints the table and the verdict. */
public final class SealReport {

  private static final double BOUND_32 = 1.5;
  private static final double BOUND_1 = 3.0;
  private static final double BYTES_32 = 20;
  private static final double BYTES_1 = 176;

  private SealReport() {}

  public static void main(String... args) throws IOException {
    Map<String, Double> bytes = bytes(Path.of(args[0]));
    Map<String, Double> nanos =
        Iterations.fastest(Arrays.stream(args).skip(1).map(Path::of).toList());
    double bare = of(nanos, "bareCipher");
    double plain = of(nanos, "commitAllPlain");
    System.out.printf(
        "one bare AES-256-GCM call of %.0f bytes: %.0f ns%n", of(bytes, "content.1"), bare);
    System.out.println("blocks of 32 samples, 10 channels; CPU and stored bytes for one sample:");
    row("  0 % sealed", plain, of(bytes, "stored.0"), bare);
    row(" 20 % sealed", of(nanos, "commitFifthSealed"), of(bytes, "stored.20"), bare);
    row("100 % sealed", of(nanos, "commitAllSealed"), of(bytes, "stored.100"), bare);
    double added32 = (of(nanos, "commitAllSealed") - plain) / bare;
    double added1 = (of(nanos, "commitOneSealed") - of(nanos, "commitOnePlain")) / bare;
    System.out.printf(
        "in all, plain encoding and storing form included: %.2f x at 32, %.2f x at 1%n",
        of(nanos, "commitAllSealed") / bare, of(nanos, "commitOneSealed") / bare);
    System.out.printf(
        "policy alone, decide + write + seal: %.2f x at 32, %.2f x at 1%n",
        of(nanos, "sealOf32") / bare, of(nanos, "sealOfOne") / bare);
    boolean holds =
        added32 <= BOUND_32
            && added1 <= BOUND_1
            && of(bytes, "envelope.32") <= BYTES_32
            && of(bytes, "envelope.1") <= BYTES_1;
    System.out.printf(
        "%s seal-cost: sealing adds to the plain encoding %.2f x one bare call (bound %.1f) and %.1f bytes (bound %.0f) per"
            + " sample at 32 a block, %.2f x (bound %.1f) and %.0f bytes (bound %.0f) at 1%n",
        holds ? "PROVED" : "FAILED",
        added32,
        BOUND_32,
        of(bytes, "envelope.32"),
        BYTES_32,
        added1,
        BOUND_1,
        of(bytes, "envelope.1"),
        BYTES_1);
    System.exit(holds ? 0 : 1);
  }

  private static void row(String name, double nanos, double bytes, double bare) {
    System.out.printf("  %s  %5.0f ns = %.2f x  %6.1f bytes%n", name, nanos, nanos / bare, bytes);
  }

  private static Map<String, Double> bytes(Path file) throws IOException {
    Map<String, Double> found = new TreeMap<>();
    for (String line : Files.readAllLines(file)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        found.put(line.substring(0, equals), Double.valueOf(line.substring(equals + 1)));
      }
    }
    return found;
  }
}
