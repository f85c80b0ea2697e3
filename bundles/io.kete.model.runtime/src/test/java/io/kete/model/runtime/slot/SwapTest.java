// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.slot;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.data.api.ClockQuality;
import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import io.kete.model.api.Binding;
import io.kete.model.api.Scorer;
import io.kete.model.runtime.TestModels;
import io.kete.model.runtime.World;
import io.kete.model.runtime.content.Candidate;
import io.kete.model.runtime.install.Installed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions are replaced while several routes score as fast as they can. */
class SwapTest {

  private static final int SWAPS = 50;
  private static final int ROUTES = 3;
  private static final int BATCH = 5;

  @TempDir Path folder;

  @Test
  void noSampleIsLostUnscoredOrScoredByAMixtureAndVersionsNeverGoBack() throws Exception {
    World world = new World(folder);
    ExecutorService own = ownThread();
    ExecutorService routes = Executors.newFixedThreadPool(ROUTES);
    SlotCore slot = world.slot("", own);
    offer(world, 1);
    Awaitility.await().until(() -> slot.state().serving().isPresent());
    AtomicBoolean stop = new AtomicBoolean();
    AtomicLong samples = new AtomicLong();
    List<Future<Integer>> highest = new ArrayList<>();
    for (int route = 0; route < ROUTES; route++) {
      highest.add(routes.submit(route(slot, route, stop, samples)));
    }
    try {
      for (int version = 2; version <= SWAPS + 1; version++) {
        swap(world, slot, version, samples);
      }
      stop.set(true);
    } finally {
      if (!stop.get()) {
        routes.shutdownNow();
      }
    }
    for (Future<Integer> route : highest) {
      assertThat(route.get(10, TimeUnit.SECONDS)).isEqualTo(SWAPS + 1);
    }
    slot.close();
    own.shutdown();
    routes.shutdown();
    assertThat(own.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(world.engine.loaded()).isEqualTo(SWAPS + 1);
    assertThat(world.engine.open()).isZero();
    assertThat(world.engine.late()).isZero();
    assertThat(slot.status().facts())
        .containsEntry("scored", samples.get())
        .containsEntry("bad", 0L)
        .containsEntry("none", 0L);
  }

  /** Offers a version; returns when it serves and samples went on. */
  private static void swap(World world, SlotCore slot, int version, AtomicLong samples)
      throws Exception {
    long before = samples.get();
    offer(world, version);
    String expected = version + ".0.0";
    Awaitility.await()
        .pollInterval(1, TimeUnit.MILLISECONDS)
        .until(
            () ->
                slot.state().serving().get().version().equals(expected)
                    && samples.get() > before + 100);
  }

  /** Like the slot's own thread: what comes after its end is run by whoever brings it. */
  private static ExecutorService ownThread() {
    return new ThreadPoolExecutor(
        1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), (task, stopped) -> task.run());
  }

  private static void offer(World world, int version) throws Exception {
    Candidate candidate =
        TestModels.draft(version + ".0.0")
            .roles(TestModels.role("flow", "REFUSE", 0, 1))
            .model(String.valueOf(version * 1000))
            .candidate();
    world.catalogue.put(1, new Installed("b", "1", "pump", Optional.of(candidate), ""));
  }

  /** Scores until it is told to stop; gives the highest version it saw. */
  private static Callable<Integer> route(
      SlotCore slot, int route, AtomicBoolean stop, AtomicLong samples) {
    return () -> {
      int newest = 0;
      try (Scorer scorer = slot.open(new Binding("r" + route, Map.of("flow", "f"), ""))) {
        boolean interrupted = false;
        for (int n = 0; !interrupted && (!stop.get() || newest <= SWAPS); n++) {
          interrupted = Thread.currentThread().isInterrupted(); // the test has failed elsewhere
          int version = check(scorer.score(batch(n)), n);
          assertThat(version).isGreaterThanOrEqualTo(newest);
          newest = version;
          samples.addAndGet(BATCH);
        }
      }
      return newest;
    };
  }

  private static List<Sample> batch(int n) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      samples.add(
          new Sample(
              "pump",
              n,
              ClockQuality.UNKNOWN,
              List.of(
                  Reading.Measured.good("f", TypedValues.newIntegerValue((n + i) % 100), "", n))));
    }
    return samples;
  }

  /** All samples of a call bear the score and the lineage of one version; gives the version. */
  private static int check(List<Sample> scored, int n) {
    assertThat(scored).hasSize(BATCH);
    String version = scored.get(0).lineage().get(0).version();
    int number = Integer.parseInt(version.substring(0, version.indexOf('.')));
    for (int i = 0; i < BATCH; i++) {
      Sample sample = scored.get(i);
      assertThat(sample.lineage()).hasSize(1);
      assertThat(sample.lineage().get(0).version()).isEqualTo(version);
      Reading.Measured score = (Reading.Measured) sample.readings().get(1);
      assertThat(score.value().getValue()).isEqualTo((float) (number * 1000 + (n + i) % 100));
    }
    return number;
  }
}
