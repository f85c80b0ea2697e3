// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kete.buffer.api.Outlet;
import io.kete.buffer.api.StreamLedger;
import io.kete.buffer.h2.StreamSettings.WhenFull;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real file system of 2 MB; skipped where this user may not mount one. */
final class SmallDiskTest {

  @TempDir Path directory;
  private boolean mounted;

  @BeforeEach
  void mount() throws IOException, InterruptedException {
    mounted = run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", directory.toString());
    assumeTrue(mounted, "a file system of its own cannot be mounted here");
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    if (mounted) {
      run("mount", "-o", "remount,rw", directory.toString());
      run("umount", "-l", directory.toString());
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // there is no such program
    }
  }

  private Bench bench() {
    return new Bench(Bench.settings(directory + "/s", 64L << 20, WhenFull.PUSH_BACK, 64));
  }

  private static void refuse(Bench bench) {
    for (int i = 1; i < 100_000; i++) {
      bench.append(i).orTimeout(5, TimeUnit.SECONDS).join();
    }
  }

  private static void awaitAccepted(Bench bench) {
    await()
        .atMost(20, TimeUnit.SECONDS)
        .until(() -> bench.append(0).handle((seq, e) -> e == null).join());
  }

  @Test
  void keepsAllItAcceptedWhenTheDiskIsFullAndGoesOnWhenItIsDrained() {
    try (Bench bench = bench();
        Outlet outlet = bench.stream.open(() -> {})) {
      assertThatThrownBy(() -> refuse(bench)).hasMessageContaining("STORAGE");
      assertThat(bench.stream.status().problems().toString()).contains("No space left");
      long accepted = bench.stream.ledger().accepted();
      bench.deliverAll(outlet, parcel -> {});
      awaitAccepted(bench);
      bench.deliverAll(outlet, parcel -> {});
      StreamLedger ledger = bench.stream.ledger();
      assertThat(ledger.accepted()).isGreaterThan(accepted);
      assertThat(ledger.delivered()).isEqualTo(ledger.accepted());
      assertThat(ledger.dropped()).isEmpty();
      assertThat(bench.stream.status().problems()).isEmpty();
    }
  }

  @Test
  void saysThatTheDiskIsReadOnlyAndGoesOnWhenItIsWritable()
      throws IOException, InterruptedException {
    try (Bench bench = bench()) {
      bench.appendAll(1, 500);
    }
    assertThat(run("mount", "-o", "remount,ro", directory.toString())).isTrue();
    try (Bench bench = bench()) {
      await().atMost(10, TimeUnit.SECONDS).until(() -> !bench.stream.status().problems().isEmpty());
      assertThatThrownBy(() -> bench.append(1).join()).hasMessageContaining("STORAGE");
      assertThat(run("mount", "-o", "remount,rw", directory.toString())).isTrue();
      awaitAccepted(bench);
      assertThat(bench.stream.status().problems()).isEmpty();
      assertThat(bench.stream.ledger().accepted()).isGreaterThan(500);
      assertThat(bench.stream.ledger().isEven()).isTrue();
    }
  }
}
