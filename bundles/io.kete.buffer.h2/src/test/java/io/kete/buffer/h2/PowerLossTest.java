// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kete.buffer.api.Outlet;
import io.kete.buffer.api.Parcel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was accepted survives the loss of every write that was not synced. */
final class PowerLossTest {

  private static final int ROUNDS = 8;

  @TempDir Path directory;

  @BeforeEach
  void newDisk() {
    FaultyDisk.insert();
  }

  @Test
  void losesNothingThatWasAcceptedWhenThePowerGoes() throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      assertThat(lostAfterPowerLoss(round)).as("round %d", round).isZero();
    }
  }

  /** The control: on a disk that does not sync the same test has to find a loss. */
  @Test
  void noticesTheLossOnADiskThatLiesAboutSyncs() throws IOException {
    int lost = 0;
    for (int round = 0; round < 5; round++) {
      FaultyDisk.lieAboutSyncs();
      lost += lostAfterPowerLoss(1000 + round);
    }
    assertThat(lost).isPositive();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void findsAllThatWasAcceptedInFiftyImagesOfARunningStream(boolean encrypted) throws IOException {
    PowerImages.Result result =
        PowerImages.run(directory, Bench.SEGMENT, encrypted, 50, Duration.ZERO, 5, false);
    assertThat(result.holds()).as(result.toString()).isTrue();
    assertThat(result.openWrites()).isPositive();
  }

  @Test
  void findsALossInTheImagesOfADiskThatLiesAboutSyncs() throws IOException {
    PowerImages.Result result =
        PowerImages.run(directory, Bench.SEGMENT, true, 5, Duration.ZERO, 6, true);
    assertThat(result.holds()).as(result.toString()).isFalse();
  }

  @Test
  void acceptsOnlyAfterTheSyncHasReturned() throws InterruptedException {
    try (Bench bench = new Bench(Bench.settings("faulty:" + directory + "/s"))) {
      bench.appendAll(1, 5);
      CountDownLatch syncing = new CountDownLatch(1);
      CountDownLatch release = new CountDownLatch(1);
      FaultyDisk.beforeSync(
          () -> {
            syncing.countDown();
            awaitLatch(release);
          });
      CompletableFuture<Long> sixth = bench.append(6);
      assertThat(syncing.await(5, TimeUnit.SECONDS)).isTrue();
      try (Outlet outlet = bench.stream.open(() -> {})) {
        assertThat(Bench.samples(Bench.drain(outlet))).isEqualTo(Bench.numbered(1, 5));
        assertThat(sixth).isNotDone();
        release.countDown();
        assertThat(sixth.orTimeout(5, TimeUnit.SECONDS).join()).isEqualTo(6);
        assertThat(Bench.samples(Bench.drain(outlet))).isEqualTo(Bench.numbered(6, 6));
      }
    }
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Runs, acknowledges some, cuts the power at a random moment, starts again; returns how many
   * accepted samples are gone.
   */
  private int lostAfterPowerLoss(int seed) throws IOException {
    Random random = new Random(seed);
    StreamSettings settings = Bench.settings("faulty:" + directory + "/" + seed);
    List<CompletableFuture<Long>> answers = new ArrayList<>();
    Set<Long> delivered = new HashSet<>();
    int total = 200 + random.nextInt(1500);
    Bench bench = new Bench(settings);
    try (Outlet outlet = bench.stream.open(() -> {})) {
      for (int i = 1; i <= total; i++) {
        answers.add(bench.append(i));
        if (random.nextInt(100) == 0) {
          answers.get(i - 1).orTimeout(10, TimeUnit.SECONDS).handle((seq, e) -> seq).join();
        }
        if (random.nextInt(200) == 0) {
          acknowledgeSome(outlet, random, delivered);
        }
      }
      int awaited = random.nextInt(total);
      await().atMost(10, TimeUnit.SECONDS).until(() -> answers.get(awaited).isDone());
      FaultyDisk.cutPower();
      bench.close();
    }
    List<Long> accepted = new ArrayList<>();
    for (int i = 0; i < total; i++) {
      if (answers.get(i).handle((seq, e) -> e == null).join()) {
        accepted.add(i + 1L);
      }
    }
    FaultyDisk.restorePower(random);
    FaultyDisk.insert();
    return lost(settings, accepted, delivered);
  }

  private static void acknowledgeSome(Outlet outlet, Random random, Set<Long> delivered) {
    for (Parcel parcel : outlet.poll(1 + random.nextInt(4))) {
      outlet.acknowledge(parcel);
      if (parcel instanceof Parcel.Samples samples) {
        samples.block().open().forEach(s -> delivered.add(Bench.number(s)));
      }
    }
  }

  private static int lost(StreamSettings settings, List<Long> accepted, Set<Long> delivered) {
    try (Bench again = new Bench(settings);
        Outlet outlet = again.stream.open(() -> {})) {
      again.append(1_000_000).orTimeout(10, TimeUnit.SECONDS).join();
      List<Parcel> parcels = Bench.drain(outlet);
      Set<Long> found = new HashSet<>(delivered);
      long next = 0;
      for (Parcel parcel : parcels) {
        if (parcel instanceof Parcel.Samples samples) {
          samples.block().open().forEach(s -> found.add(Bench.number(s)));
          assertThat(parcel.firstSeq()).isGreaterThanOrEqualTo(next);
          next = samples.block().id().lastSeq() + 1;
        }
      }
      assertThat(again.stream.ledger().isEven()).isTrue();
      return (int) accepted.stream().filter(n -> !found.contains(n)).count();
    }
  }
}
