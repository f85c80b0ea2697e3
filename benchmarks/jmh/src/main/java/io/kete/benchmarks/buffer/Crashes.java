// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.buffer;

import io.kete.buffer.h2.CorruptRounds;
import io.kete.buffer.h2.KillRounds;
import io.kete.buffer.h2.PowerImages;
import java.time.Duration;
import java.util.Locale;

/** Kills, losses of power and damage: {@code Crashes kill|power|corrupt ROUNDS SEED}. */
public final class Crashes {

  private static final long SHIPPED_SEGMENT = 8L << 20;
  private static final Duration LONGER_THAN_RETENTION = Duration.ofSeconds(60);

  private Crashes() {}

  public static void main(String... args) throws Exception {
    int rounds = Integer.parseInt(args[1]);
    long seed = Long.parseLong(args[2]);
    boolean holds =
        switch (args[0]) {
          case "kill" -> kill(rounds, seed);
          case "power" -> power(rounds, seed);
          default -> corrupt(rounds, seed);
        };
    System.exit(holds ? 0 : 1);
  }

  private static boolean kill(int rounds, long seed) throws Exception {
    try (Scratch scratch = Scratch.make()) {
      KillRounds.Result result =
          KillRounds.run(scratch.directory().resolve("stream"), rounds, seed);
      return judge(
          "buffer-kill",
          result.holds() && result.accepted() > 0,
          "%d kills, %,d accepted samples watched, %d lost, %d wrong, %d failed starts, %d false alarms, at most"
              + " %d sent twice after a kill; bound: 0, 0, 0, 0, window %d",
          result.rounds(),
          result.accepted(),
          result.lost(),
          result.wrong(),
          result.failedStarts(),
          result.alarms(),
          result.worstTwice(),
          KillRounds.WINDOW);
    }
  }

  private static boolean power(int images, long seed) throws Exception {
    try (Scratch scratch = Scratch.inMemory()) {
      PowerImages.Result small =
          PowerImages.run(
              scratch.directory().resolve("small"),
              65_536,
              true,
              images / 2,
              Duration.ZERO,
              seed,
              false);
      PowerImages.Result large =
          PowerImages.run(
              scratch.directory().resolve("large"),
              SHIPPED_SEGMENT,
              false,
              images - images / 2,
              LONGER_THAN_RETENTION,
              seed + 1,
              false);
      PowerImages.Result lie =
          PowerImages.run(
              scratch.directory().resolve("lie"), 65_536, true, 10, Duration.ZERO, seed + 2, true);
      print("encrypted segments of 64 KiB", small);
      print("segments of 8 MiB, longer than the retention", large);
      print("control, a disk that lies about syncs", lie);
      boolean bites = !lie.holds() && small.openWrites() > 0 && large.openWrites() > 0;
      return judge(
          "buffer-power",
          small.holds() && large.holds() && bites,
          "%d images, %d lost, %d sent without being synced, %d failed starts, control %s;"
              + " bound: 0, 0, 0, must find losses",
          small.images() + large.images(),
          small.lost() + large.lost(),
          small.unsent() + large.unsent(),
          small.failedStarts() + large.failedStarts(),
          bites ? "finds losses" : "finds none");
    }
  }

  private static void print(String what, PowerImages.Result result) {
    System.out.printf(
        Locale.ROOT,
        "  %s: %d images in %.0f s, %,d accepted, %d lost, %d unsynced writes in the images, %d segments begun%n",
        what,
        result.images(),
        result.seconds(),
        result.accepted(),
        result.lost(),
        result.openWrites(),
        result.segments());
  }

  private static boolean corrupt(int rounds, long seed) throws Exception {
    try (Scratch scratch = Scratch.inMemory()) {
      CorruptRounds.Result result = CorruptRounds.run(scratch.directory(), 5_000, rounds, seed);
      double share = 100.0 * result.recovered() / Math.max(1, result.outside());
      return judge(
          "buffer-corrupt",
          result.holds() && result.lost() > 0,
          "%d corruptions, %d failed starts, %.3f %% of %,d records outside damaged pages recovered, reported"
              + " loss inexact %d times, other segments touched %d times, %,d of %,d records lost;"
              + " bound: 0, 99 %%, 0, 0",
          result.rounds(),
          result.failedStarts(),
          share,
          result.outside(),
          result.inexact(),
          result.touched(),
          result.lost(),
          result.stored());
    }
  }

  private static boolean judge(String name, boolean holds, String text, Object... values) {
    System.out.println(
        (holds ? "PROVED " : "FAILED ") + name + ": " + String.format(Locale.ROOT, text, values));
    return holds;
  }
}
