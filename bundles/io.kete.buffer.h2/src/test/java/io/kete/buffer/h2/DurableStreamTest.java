// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kete.buffer.api.Outlet;
import io.kete.buffer.api.Parcel;
import io.kete.buffer.api.Refusal;
import io.kete.buffer.api.StreamLedger;
import io.kete.buffer.h2.StreamSettings.WhenFull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DurableStreamTest {

  @TempDir Path directory;

  private StreamSettings settings() {
    return Bench.settings(directory + "/s");
  }

  @Test
  void numbersWithoutAGapAndGivesOutInOrder() {
    try (Bench bench = new Bench(settings())) {
      bench.appendAll(1, 500);
      try (Outlet outlet = bench.stream.open(() -> {})) {
        assertThat(Bench.samples(Bench.drain(outlet))).isEqualTo(Bench.numbered(1, 500));
      }
    }
  }

  @Test
  void keepsWhatWasNotAcknowledgedOverARestart() {
    try (Bench bench = new Bench(settings())) {
      bench.appendAll(1, 1000);
      try (Outlet outlet = bench.stream.open(() -> {})) {
        Bench.drain(outlet).stream().filter(p -> p.firstSeq() <= 500).forEach(outlet::acknowledge);
      }
    }
    try (Bench bench = new Bench(settings())) {
      bench.appendAll(1001, 1100);
      try (Outlet outlet = bench.stream.open(() -> {})) {
        List<Parcel> parcels = Bench.drain(outlet);
        long first = parcels.get(0).firstSeq();
        assertThat(first).isBetween(500L, 565L);
        assertThat(Bench.samples(parcels)).isEqualTo(Bench.numbered(first, 1100));
        assertThat(((Parcel.Samples) parcels.get(0)).replay()).isTrue();
      }
      assertEven(bench.stream.ledger(), 1100);
    }
  }

  @Test
  void givesEverythingUnacknowledgedAgainAfterARewind() {
    try (Bench bench = new Bench(settings())) {
      bench.appendAll(1, 300);
      Outlet outlet = bench.stream.open(() -> {});
      List<Parcel> parcels = Bench.drain(outlet);
      outlet.acknowledge(parcels.get(1));
      outlet.acknowledge(parcels.get(1));
      outlet.rewind();
      List<Parcel> again = Bench.drain(outlet);
      assertThat(again)
          .hasSize(parcels.size() - 1)
          .noneMatch(p -> p.firstSeq() == parcels.get(1).firstSeq());
      assertThat(again).allMatch(p -> ((Parcel.Samples) p).replay());
      outlet.close();
    }
  }

  @Test
  void givesBackTheSpaceOfWhatWasAcknowledged() {
    try (Bench bench = new Bench(settings());
        Outlet outlet = bench.stream.open(() -> {})) {
      bench.appendAll(1, 3000);
      assertThat(bench.stream.ledger().storedBytes()).isGreaterThan(8L * Bench.SEGMENT);
      Bench.drain(outlet).forEach(outlet::acknowledge);
      await()
          .atMost(5, TimeUnit.SECONDS)
          .until(() -> bench.stream.ledger().storedBytes() < 2L * Bench.SEGMENT);
      StreamLedger ledger = bench.stream.ledger();
      assertThat(ledger.delivered()).isEqualTo(3000);
      assertEven(ledger, 3000);
    }
  }

  @Test
  void wakesTheOutletWhenThereIsSomethingNew() {
    AtomicInteger wakeups = new AtomicInteger();
    try (Bench bench = new Bench(settings());
        Outlet outlet = bench.stream.open(wakeups::incrementAndGet)) {
      bench.appendAll(1, 1);
      await().atMost(5, TimeUnit.SECONDS).until(() -> wakeups.get() > 0);
      assertThat(((Parcel.Samples) outlet.poll(1).get(0)).block().id().gateway()).isEqualTo("gw-1");
    }
  }

  @Test
  void storesTheFirstSampleAfterAPauseAtOnceAndTheNextOnesTogether() {
    List<CompletableFuture<Long>> later = new ArrayList<>();
    try (Bench bench = new Bench(Bench.settings(directory + "/s", Duration.ofSeconds(10)))) {
      bench.appendAll(1, 1);
      for (long i = 2; i <= 4; i++) {
        later.add(bench.append(i));
      }
    }
    assertThat(later).allMatch(CompletableFuture::isDone);
    try (Bench bench = new Bench(settings())) {
      bench.appendAll(5, 5);
      try (Outlet outlet = bench.stream.open(() -> {})) {
        assertThat(Bench.drain(outlet).stream().map(Parcel::firstSeq)).containsExactly(1L, 2L, 5L);
      }
    }
  }

  @Test
  void hasOneOutletAtATime() {
    try (Bench bench = new Bench(settings())) {
      Outlet outlet = bench.stream.open(() -> {});
      assertThatThrownBy(() -> bench.stream.open(() -> {}))
          .isInstanceOf(IllegalStateException.class);
      outlet.close();
      bench.stream.open(() -> {}).close();
    }
  }

  @Test
  void marksLiveSamplesAsSuchAndWhatWasThereBeforeAsReplay() {
    try (Bench bench = new Bench(settings())) {
      bench.appendAll(1, 10);
      try (Outlet outlet = bench.stream.open(() -> {})) {
        assertThat(Bench.drain(outlet)).allMatch(p -> ((Parcel.Samples) p).replay());
        bench.appendAll(11, 20);
        assertThat(Bench.drain(outlet)).isNotEmpty().noneMatch(p -> ((Parcel.Samples) p).replay());
      }
    }
  }

  @Test
  void givesTheKeyBeforeTheFirstBlockThatNeedsItUntilItIsAcknowledged() {
    Bench.Sealed policy = new Bench.Sealed();
    try (Bench bench = new Bench(settings(), Optional.of(policy));
        Outlet outlet = bench.stream.open(() -> {})) {
      bench.appendAll(1, 200);
      policy.epoch = "e2";
      bench.appendAll(201, 400);
      List<Parcel> parcels = Bench.drain(outlet);
      assertThat(parcels.get(0)).isInstanceOf(Parcel.Key.class);
      assertThat(keys(parcels)).containsExactly("e1", "e2");
      outlet.acknowledge(parcels.get(0));
      outlet.rewind();
      assertThat(keys(Bench.drain(outlet))).containsExactly("e2");
    }
  }

  @Test
  void keepsAKeyWhoseBlocksWereAllAcknowledged() {
    try (Bench bench = new Bench(settings(), Optional.of(new Bench.Sealed()))) {
      bench.appendAll(1, 2000);
      try (Outlet outlet = bench.stream.open(() -> {})) {
        Bench.drain(outlet).stream()
            .filter(p -> p instanceof Parcel.Samples)
            .forEach(outlet::acknowledge);
      }
      assertThat(bench.stream.ledger().buffered()).isZero();
    }
    try (Bench bench = new Bench(settings(), Optional.of(new Bench.Sealed()))) {
      bench.appendAll(2001, 2001);
      try (Outlet outlet = bench.stream.open(() -> {})) {
        assertThat(keys(Bench.drain(outlet))).containsExactly("e1");
      }
    }
  }

  @Test
  void writesNothingWithoutAPolicyAndSaysSo() {
    try (Bench bench = new Bench(settings(), Optional.empty())) {
      CompletableFuture<Long> first = bench.append(1);
      await().atMost(5, TimeUnit.SECONDS).until(() -> !bench.stream.status().problems().isEmpty());
      assertThat(bench.stream.status().problems().get(0)).contains("no data policy");
      assertThat(first).isNotDone();
      bench.policy(new Bench.Open());
      assertThat(first.orTimeout(5, TimeUnit.SECONDS).join()).isEqualTo(1);
      await().atMost(5, TimeUnit.SECONDS).until(() -> bench.stream.status().problems().isEmpty());
    }
  }

  @Test
  void dropsTheOldestWhenFullAndTellsTheRange() {
    StreamSettings small =
        Bench.settings(directory + "/s", 4L * Bench.SEGMENT, WhenFull.DROP_OLDEST, 64);
    try (Bench bench = new Bench(small);
        Outlet outlet = bench.stream.open(() -> {})) {
      bench.appendAll(1, 3000);
      List<Parcel> parcels = Bench.drain(outlet);
      Parcel.Dropped dropped = (Parcel.Dropped) parcels.get(0);
      assertThat(dropped.firstSeq()).isEqualTo(1);
      assertThat(dropped.reason()).isEqualTo("max-bytes");
      assertThat(dropped.incarnation()).isEqualTo(77);
      assertThat(Bench.samples(parcels)).isEqualTo(Bench.numbered(dropped.count() + 1, 3000));
      assertThat(bench.stream.ledger().dropped()).containsEntry("max-bytes", dropped.count());
      assertThat(bench.stream.ledger().storedBytes()).isLessThanOrEqualTo(5L * Bench.SEGMENT);
      assertEven(bench.stream.ledger(), 3000);
      outlet.acknowledge(dropped);
      outlet.rewind();
      assertThat(Bench.drain(outlet)).noneMatch(p -> p instanceof Parcel.Dropped);
    }
  }

  @Test
  void remembersDroppedRangesOverARestart() {
    StreamSettings small =
        Bench.settings(directory + "/s", 4L * Bench.SEGMENT, WhenFull.DROP_OLDEST, 64);
    try (Bench bench = new Bench(small)) {
      bench.appendAll(1, 3000);
    }
    try (Bench bench = new Bench(small);
        Outlet outlet = bench.stream.open(() -> {})) {
      bench.appendAll(3001, 3001);
      List<Parcel> parcels = Bench.drain(outlet);
      Parcel.Dropped dropped = (Parcel.Dropped) parcels.get(0);
      assertThat(Bench.samples(parcels)).isEqualTo(Bench.numbered(dropped.count() + 1, 3001));
      assertEven(bench.stream.ledger(), 3001);
    }
  }

  @Test
  void refusesNewSamplesWhenFullIfToldToUntilThereIsRoom() {
    StreamSettings small =
        Bench.settings(directory + "/s", 4L * Bench.SEGMENT, WhenFull.DROP_NEWEST, 64);
    try (Bench bench = new Bench(small);
        Outlet outlet = bench.stream.open(() -> {})) {
      long accepted = appendUntilRefused(bench, Refusal.Cause.FULL);
      List<Parcel> parcels = Bench.drain(outlet);
      assertThat(Bench.samples(parcels)).hasSize((int) accepted);
      parcels.forEach(outlet::acknowledge);
      await()
          .atMost(5, TimeUnit.SECONDS)
          .until(() -> bench.append(1).handle((seq, e) -> e == null).join());
    }
  }

  @Test
  void letsSamplesWaitWhenFullIfToldTo() {
    StreamSettings small =
        Bench.settings(directory + "/s", 4L * Bench.SEGMENT, WhenFull.PUSH_BACK, 64);
    try (Bench bench = new Bench(small);
        Outlet outlet = bench.stream.open(() -> {})) {
      List<CompletableFuture<Long>> all = new ArrayList<>();
      for (long i = 1; i <= 2000; i++) {
        all.add(bench.append(i));
      }
      await()
          .atMost(5, TimeUnit.SECONDS)
          .until(() -> bench.stream.status().problems().toString().contains("max.bytes"));
      assertThat(all.get(1999)).isNotDone();
      await()
          .atMost(10, TimeUnit.SECONDS)
          .until(
              () -> {
                Bench.drain(outlet).forEach(outlet::acknowledge);
                return all.get(1999).isDone();
              });
      assertThat(all.get(1999).join()).isEqualTo(2000);
      assertThat(bench.stream.ledger().dropped()).isEmpty();
    }
  }

  @Test
  void refusesASampleThatIsTooLarge() {
    try (Bench bench = new Bench(settings())) {
      assertThatThrownBy(() -> bench.append(Bench.sample(1, 2 << 20)).join())
          .isInstanceOf(CompletionException.class)
          .hasMessageContaining("INVALID");
    }
  }

  @Test
  void refusesWhatComesAfterTheCloseAndLeavesNoThread() {
    Bench bench = new Bench(settings());
    bench.appendAll(1, 10);
    bench.close();
    assertThatThrownBy(() -> bench.append(11).join()).hasMessageContaining("CLOSED");
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(
            t ->
                t.getName().startsWith("buffer.h2")
                    || t.getName().contains("MVStore")
                    || t.getName().contains("H2"));
  }

  @Test
  void goesOnAfterACallbackThatFails() {
    try (Bench bench = new Bench(settings())) {
      bench.stream.append(Bench.sample(1, 10), new Failing());
      bench.appendAll(2, 10);
      assertThat(bench.stream.ledger().accepted()).isEqualTo(10);
    }
  }

  private static final class Failing implements io.kete.buffer.api.AppendCallback {
    @Override
    public void accepted(long seq) {
      throw new IllegalStateException("on purpose");
    }

    @Override
    public void refused(Refusal why) {
      throw new IllegalStateException("on purpose");
    }
  }

  private static long appendUntilRefused(Bench bench, Refusal.Cause cause) {
    for (long i = 1; i < 10_000; i++) {
      try {
        bench.append(i).orTimeout(5, TimeUnit.SECONDS).join();
      } catch (CompletionException e) {
        assertThat(e.getCause()).hasMessageStartingWith(cause.name());
        return i - 1;
      }
    }
    throw new AssertionError("never refused");
  }

  private static List<String> keys(List<Parcel> parcels) {
    List<String> epochs = new ArrayList<>();
    for (Parcel parcel : parcels) {
      if (parcel instanceof Parcel.Key key) {
        epochs.add(key.envelope().epoch());
      }
    }
    return epochs;
  }

  private static void assertEven(StreamLedger ledger, long accepted) {
    assertThat(ledger.accepted()).isEqualTo(accepted);
    assertThat(ledger.isEven()).as(ledger.toString()).isTrue();
  }
}
