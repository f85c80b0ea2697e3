// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.buffer.api.Outlet;
import io.kete.buffer.api.Parcel;
import io.kete.data.api.BlockId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that appends is killed at random moments; what it had been promised is there. */
final class KillTest {

  private static final int ROUNDS = 10;

  @TempDir Path directory;

  @Test
  void losesNothingThatWasAcceptedWhenTheProcessIsKilled()
      throws IOException, InterruptedException {
    Random random = new Random(11);
    long accepted = 0;
    for (int round = 0; round < ROUNDS; round++) {
      accepted = Math.max(accepted, runAndKill(random));
    }
    assertThat(accepted).isPositive();
    try (Bench bench = new Bench(Bench.settings(directory.toString()));
        Outlet outlet = bench.stream.open(() -> {})) {
      long last = bench.append(0).orTimeout(10, TimeUnit.SECONDS).join();
      assertThat(last).isGreaterThan(accepted);
      long next = 1;
      for (Parcel parcel : Bench.drain(outlet)) {
        BlockId id = ((Parcel.Samples) parcel).block().id();
        assertThat(id.firstSeq()).isEqualTo(next);
        assertThat(id.incarnation()).isEqualTo(77);
        next = id.lastSeq() + 1;
      }
      assertThat(next - 1).isEqualTo(last);
      assertThat(bench.stream.ledger().isEven()).isTrue();
    }
  }

  /** Returns the highest sequence number that the process said was accepted. */
  private long runAndKill(Random random) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Appender.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<Long> accepted = new ArrayList<>(List.of(0L));
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      int killAfter = 1 + random.nextInt(200);
      String line = completeLine(lines);
      for (int i = 0; line != null; i++) {
        accepted.add(Long.valueOf(line));
        if (i == killAfter) {
          process.destroyForcibly();
        }
        line = completeLine(lines);
      }
    } finally {
      process.destroyForcibly();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
    return accepted.get(accepted.size() - 1);
  }

  /** The next line; null when the process ended before it was complete. */
  private static @Nullable String completeLine(BufferedReader lines) {
    String line;
    try {
      line = lines.readLine();
    } catch (IOException e) {
      return null; // the pipe of a killed process
    }
    return line != null && line.endsWith(".") ? line.substring(0, line.length() - 1) : null;
  }

  /** Appends for ever and prints the last accepted sequence number of each round. */
  static final class Appender {

    private Appender() {}

    public static void main(String[] args) {
      Bench bench = new Bench(Bench.settings(args[0]));
      Random random = new Random();
      long number = 0;
      while (true) {
        int batch = 1 + random.nextInt(100);
        long last = 0;
        List<CompletableFuture<Long>> all = new ArrayList<>();
        for (int i = 0; i < batch; i++) {
          all.add(bench.append(++number));
        }
        for (CompletableFuture<Long> future : all) {
          last = Math.max(last, future.join());
        }
        System.out.print(last + ".\n");
        System.out.flush();
      }
    }
  }
}
