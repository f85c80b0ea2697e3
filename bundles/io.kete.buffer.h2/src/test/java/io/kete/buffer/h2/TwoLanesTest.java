// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kete.buffer.api.Lane;
import io.kete.buffer.api.Outlet;
import io.kete.buffer.api.Parcel;
import io.kete.buffer.h2.StreamSettings.WhenFull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Live samples beside the backlog: each given once, in order within its lane, none forgotten. */
final class TwoLanesTest {

  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration SHORT = Duration.ofMillis(100);

  @TempDir Path directory;

  private StreamSettings settings(Sending.Laning laning, Duration lag) {
    StreamSettings s = Bench.settings(directory + "/s", 64L << 20, WhenFull.DROP_OLDEST, 64);
    return new StreamSettings(
        s.stream(),
        s.gateway(),
        s.directory(),
        s.maxSamples(),
        s.maxBlocks(),
        s.latency(),
        s.segmentBytes(),
        s.maxBytes(),
        s.whenFull(),
        s.maxAge(),
        s.minFree(),
        new Sending(5, "cloud", laning, lag, 16_384),
        false);
  }

  private Bench bench(Duration lag) {
    return new Bench(settings(Sending.Laning.TWO, lag));
  }

  private static List<Parcel> drain(Outlet outlet, Lane lane) {
    List<Parcel> all = new ArrayList<>();
    List<Parcel> some = outlet.poll(lane, 3);
    while (!some.isEmpty()) {
      all.addAll(some);
      some = outlet.poll(lane, 3);
    }
    return all;
  }

  @Test
  void whatWasStoredBeforeIsBacklogAndWhatComesIsLive() {
    try (Bench bench = bench(LONG)) {
      bench.appendAll(1, 300);
      try (Outlet outlet = bench.stream.open(() -> {})) {
        bench.appendAll(301, 400);
        List<Parcel> live = drain(outlet, Lane.LIVE);
        List<Parcel> backlog = drain(outlet, Lane.BACKLOG);
        assertThat(Bench.samples(live)).isEqualTo(Bench.numbered(301, 400));
        assertThat(Bench.samples(backlog)).isEqualTo(Bench.numbered(1, 300));
        assertThat(live).noneMatch(TwoLanesTest::isReplay);
        assertThat(backlog).allMatch(TwoLanesTest::isReplay);
      }
    }
  }

  @Test
  void aLaneThatIsNotTakenInTimeBecomesBacklogAndLiveGoesOnWithTheNewest() {
    try (Bench bench = bench(SHORT);
        Outlet outlet = bench.stream.open(() -> {})) {
      bench.appendAll(1, 300);
      List<Parcel> live = new ArrayList<>();
      List<Parcel> backlog = new ArrayList<>();
      await()
          .atMost(5, TimeUnit.SECONDS)
          .until(
              () -> {
                live.addAll(outlet.poll(Lane.LIVE, 1));
                return backlog.addAll(drain(outlet, Lane.BACKLOG));
              });
      assertThat(Bench.samples(live)).contains("300:300");
      bench.appendAll(301, 310);
      live.addAll(drain(outlet, Lane.LIVE));
      List<String> all = new ArrayList<>(Bench.samples(live));
      all.addAll(Bench.samples(backlog));
      assertThat(all).containsExactlyInAnyOrderElementsOf(Bench.numbered(1, 310));
    }
  }

  @Test
  void givesEachSampleOnceAndInOrderOfItsLaneWhateverTheConsumerDoes() {
    try (Bench bench = bench(SHORT)) {
      bench.appendAll(1, 500);
      try (Outlet outlet = bench.stream.open(() -> {})) {
        List<Parcel> live = new ArrayList<>();
        List<Parcel> backlog = new ArrayList<>();
        long next = 501;
        for (int round = 0; round < 20; round++) {
          bench.appendAll(next, next + 99);
          next += 100;
          live.addAll(outlet.poll(Lane.LIVE, 1));
          backlog.addAll(outlet.poll(Lane.BACKLOG, 1));
        }
        live.addAll(drain(outlet, Lane.LIVE));
        backlog.addAll(drain(outlet, Lane.BACKLOG));
        List<String> all = new ArrayList<>(Bench.samples(live));
        all.addAll(Bench.samples(backlog));
        assertThat(all).containsExactlyInAnyOrderElementsOf(Bench.numbered(1, next - 1));
        assertThat(live).isSortedAccordingTo(TwoLanesTest::bySeq);
        assertThat(backlog).isSortedAccordingTo(TwoLanesTest::bySeq);
      }
    }
  }

  @Test
  void afterARewindWhatWasInFlightOnEitherLaneIsBacklog() {
    try (Bench bench = bench(LONG)) {
      bench.appendAll(1, 200);
      try (Outlet outlet = bench.stream.open(() -> {})) {
        bench.appendAll(201, 400);
        List<Parcel> live = outlet.poll(Lane.LIVE, 2);
        List<Parcel> backlog = outlet.poll(Lane.BACKLOG, 2);
        outlet.acknowledge(live.get(1));
        outlet.acknowledge(backlog.get(0));
        outlet.rewind();
        List<Parcel> again = drain(outlet, Lane.BACKLOG);
        List<String> expected = Bench.numbered(1, 400);
        expected.removeAll(Bench.samples(List.of(live.get(1), backlog.get(0))));
        assertThat(Bench.samples(again)).isEqualTo(expected);
        assertThat(again).allMatch(TwoLanesTest::isReplay);
        assertThat(outlet.poll(Lane.LIVE, 1)).isEmpty();
      }
    }
  }

  @Test
  void eachLaneCarriesTheKeysItsBlocksNeed() {
    try (Bench bench =
        new Bench(settings(Sending.Laning.TWO, LONG), Optional.of(new Bench.Sealed()))) {
      bench.appendAll(1, 100);
      try (Outlet outlet = bench.stream.open(() -> {})) {
        bench.appendAll(101, 200);
        for (Lane lane : Lane.values()) {
          List<Parcel> parcels = drain(outlet, lane);
          assertThat(parcels.get(0)).isInstanceOf(Parcel.Key.class);
          assertThat(parcels.subList(1, parcels.size()))
              .isNotEmpty()
              .noneMatch(p -> p instanceof Parcel.Key);
        }
      }
    }
  }

  @Test
  void oneLaneHasNoLiveParcels() {
    try (Bench bench = new Bench(settings(Sending.Laning.ONE, LONG));
        Outlet outlet = bench.stream.open(() -> {})) {
      bench.appendAll(1, 200);
      assertThat(outlet.poll(Lane.LIVE, 5)).isEmpty();
      List<Parcel> all = drain(outlet, Lane.BACKLOG);
      assertThat(Bench.samples(all)).isEqualTo(Bench.numbered(1, 200));
      assertThat(all).noneMatch(TwoLanesTest::isReplay);
    }
  }

  @Test
  void saysHowLargeAParcelIs() {
    try (Bench bench = bench(LONG);
        Outlet outlet = bench.stream.open(() -> {})) {
      bench.appendAll(1, 10);
      Parcel.Samples live = (Parcel.Samples) outlet.poll(Lane.LIVE, 1).get(0);
      assertThat(live.bytes()).isEqualTo(new Parcel.Samples(live.block(), false).bytes());
    }
  }

  private static boolean isReplay(Parcel parcel) {
    return ((Parcel.Samples) parcel).replay();
  }

  private static int bySeq(Parcel one, Parcel two) {
    return Long.compare(one.firstSeq(), two.firstSeq());
  }
}
