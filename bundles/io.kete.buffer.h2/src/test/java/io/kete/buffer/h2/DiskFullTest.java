// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kete.buffer.api.Outlet;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskFullTest {

  @TempDir Path directory;

  @BeforeEach
  void newDisk() {
    FaultyDisk.insert();
  }

  @Test
  void refusesWithTheReasonAndGoesOnByItselfWhenThereIsSpaceAgain() {
    StreamSettings settings = Bench.settings("faulty:" + directory + "/s");
    for (int writes = 0; writes < 4; writes++) {
      try (Bench bench = new Bench(settings);
          Outlet outlet = bench.stream.open(() -> {})) {
        long before = bench.append(1).orTimeout(5, TimeUnit.SECONDS).join();
        FaultyDisk.failAfter(writes);
        assertThatThrownBy(() -> refuse(bench))
            .hasMessageContaining("STORAGE")
            .hasMessageContaining("No space left");
        assertThat(bench.stream.status().problems().toString()).contains("No space left");
        FaultyDisk.failAfter(Long.MAX_VALUE);
        await()
            .atMost(10, TimeUnit.SECONDS)
            .until(() -> bench.append(2).handle((seq, e) -> e == null).join());
        assertThat(bench.stream.status().problems()).isEmpty();
        List<String> samples = Bench.samples(Bench.drain(outlet));
        assertThat(samples).contains(before + ":1");
        for (int i = 0; i < samples.size(); i++) {
          assertThat(samples.get(i)).startsWith(i + 1 + ":");
        }
        assertThat(bench.stream.ledger().accepted()).isEqualTo(samples.size());
        assertThat(bench.stream.ledger().isEven()).isTrue();
      }
    }
  }

  @Test
  void doesNotGrowWhileThereIsTooLittleSpaceAndGoesOnWhenThereIsEnough() {
    StreamSettings plenty =
        Bench.settings(directory + "/low", 64L << 20, StreamSettings.WhenFull.DROP_NEWEST, 64);
    StreamSettings low =
        new StreamSettings(
            plenty.stream(),
            plenty.gateway(),
            plenty.directory(),
            plenty.maxSamples(),
            plenty.maxBlocks(),
            plenty.latency(),
            plenty.segmentBytes(),
            plenty.maxBytes(),
            plenty.whenFull(),
            plenty.maxAge(),
            1L << 50,
            plenty.sending(),
            false);
    try (Bench bench = new Bench(low)) {
      assertThatThrownBy(() -> refuse(bench)).hasMessageContaining("FULL");
      assertThat(bench.stream.status().problems().toString()).contains("min.free.bytes");
      assertThat(bench.stream.ledger().storedBytes()).isLessThan(5L * Bench.SEGMENT);
      assertThat(bench.stream.ledger().accepted()).isPositive();
      bench.stream.change(plenty);
      await()
          .atMost(10, TimeUnit.SECONDS)
          .until(() -> bench.append(2).handle((seq, e) -> e == null).join());
      await().atMost(10, TimeUnit.SECONDS).until(() -> bench.stream.status().problems().isEmpty());
    }
  }

  private static void refuse(Bench bench) {
    for (int i = 0; i < 1000; i++) {
      bench.append(100 + i).orTimeout(5, TimeUnit.SECONDS).join();
    }
  }

  @Test
  void startsOnAFullDiskAndOpensWhenThereIsSpace() {
    FaultyDisk.failAfter(0);
    try (Bench bench = new Bench(Bench.settings("faulty:" + directory + "/s"))) {
      await()
          .atMost(5, TimeUnit.SECONDS)
          .until(() -> bench.stream.status().problems().toString().contains("No space"));
      FaultyDisk.failAfter(Long.MAX_VALUE);
      await()
          .atMost(10, TimeUnit.SECONDS)
          .until(() -> bench.append(1).handle((seq, e) -> e == null).join());
      assertThat(bench.stream.ledger().accepted()).isEqualTo(1);
    }
  }
}
