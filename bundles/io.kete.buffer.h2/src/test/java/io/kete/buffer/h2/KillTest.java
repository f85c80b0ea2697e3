// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KillTest {

  private static final int KILLS = 100;

  @TempDir Path directory;

  @Test
  void losesNothingThatWasAcceptedWhenTheProcessIsKilled() {
    // two at a time, since most of a round is the start of a process
    List<CompletableFuture<KillRounds.Result>> series =
        List.of(11, 12).stream()
            .map(seed -> CompletableFuture.supplyAsync(() -> kills(seed)))
            .toList();
    for (CompletableFuture<KillRounds.Result> one : series) {
      KillRounds.Result result = one.join();
      assertThat(result.holds()).as(result.toString()).isTrue();
      assertThat(result.accepted()).isPositive();
    }
  }

  private KillRounds.Result kills(int seed) {
    try {
      return KillRounds.run(directory.resolve("s" + seed), KILLS, seed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped", e);
    }
  }
}
