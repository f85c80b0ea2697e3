// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kete.buffer.api.Outlet;
import io.kete.buffer.api.Parcel;
import io.kete.data.api.BlockId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage stays where it is, what is whole is recovered, what is lost is said. */
final class DamageTest {

  private static final int SAMPLES = 1500;

  @TempDir Path directory;

  @Test
  void recoversWhatIsWholeFromRandomDamageAndReportsTheRest() throws IOException {
    CorruptRounds.Result result = CorruptRounds.run(directory, SAMPLES, 40, 1);
    assertThat(result.holds()).as(result.toString()).isTrue();
    assertThat(result.lost()).isPositive();
  }

  @Test
  void startsWhenASegmentIsNoiseAndReportsItsRange() throws IOException {
    fill(directory);
    Path victim = segments(directory).get(1);
    damage(victim, 1, (int) Files.size(victim), new Random(3));
    long dropped = checkAfterDamage(directory, "noise");
    assertThat(dropped).isPositive();
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.filter(p -> p.toString().endsWith(".damaged"))).hasSize(1);
    }
  }

  @Test
  void startsWhenASegmentAndAllHeadsAreGone() throws IOException {
    fill(directory);
    Files.delete(segments(directory).get(0));
    try (Stream<Path> files = Files.list(directory)) {
      for (Path head : files.filter(p -> p.getFileName().toString().startsWith("head-")).toList()) {
        Files.delete(head);
      }
    }
    assertThat(checkAfterDamage(directory, "gone")).isPositive();
  }

  private static void fill(Path here) {
    try (Bench bench = new Bench(Bench.settings(here.toString()))) {
      bench.appendAll(1, SAMPLES);
    }
  }

  private static List<Path> segments(Path here) throws IOException {
    try (Stream<Path> files = Files.list(here)) {
      return files
          .filter(p -> p.toString().endsWith(".mv"))
          .sorted(Comparator.comparing(Path::toString))
          .toList();
    }
  }

  private static void damage(Path file, int places, int bytes, Random random) throws IOException {
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      for (int i = 0; i < places; i++) {
        byte[] noise = new byte[bytes];
        random.nextBytes(noise);
        access.seek((long) (random.nextDouble() * Math.max(1, access.length() - bytes)));
        access.write(noise);
      }
    }
  }

  /**
   * Starts, drains everything, and returns the number of samples reported as lost; each sample is
   * either there or reported.
   */
  private static long checkAfterDamage(Path here, String what) {
    try (Bench bench = new Bench(Bench.settings(here.toString()));
        Outlet outlet = bench.stream.open(() -> {})) {
      long last = bench.append(0).orTimeout(10, TimeUnit.SECONDS).join();
      List<Parcel> all = new ArrayList<>();
      await()
          .atMost(10, TimeUnit.SECONDS)
          .alias(what)
          .until(
              () -> {
                all.addAll(Bench.drain(outlet));
                return all.stream()
                    .anyMatch(
                        p -> p instanceof Parcel.Samples s && s.block().id().lastSeq() == last);
              });
      all.addAll(Bench.drain(outlet));
      long dropped = checkCovered(all, last, what);
      assertThat(last).as(what).isEqualTo(SAMPLES + 1);
      assertThat(bench.stream.ledger().dropped().getOrDefault("damaged", 0L))
          .as(what)
          .isEqualTo(dropped);
      assertThat(bench.stream.ledger().isEven()).isTrue();
      return dropped;
    } catch (UncheckedIOException e) {
      throw new AssertionError(what, e);
    }
  }

  /** Each sample is there or reported, exactly once; returns the number of reported ones. */
  private static long checkCovered(List<Parcel> all, long last, String what) {
    boolean[] seen = new boolean[(int) last + 1];
    long dropped = 0;
    for (Parcel parcel : all) {
      if (parcel instanceof Parcel.Samples samples) {
        BlockId id = samples.block().id();
        mark(seen, id.firstSeq(), id.count(), what);
        if (id.lastSeq() < last) {
          assertThat(Bench.number(samples.block().open().get(0))).as(what).isEqualTo(id.firstSeq());
        }
      } else if (parcel instanceof Parcel.Dropped range) {
        mark(seen, range.firstSeq(), range.count(), what);
        dropped += range.count();
        assertThat(range.reason()).isEqualTo("damaged");
      }
    }
    for (int seq = 1; seq <= last; seq++) {
      assertThat(seen[seq]).as("%s: seq %d", what, seq).isTrue();
    }
    return dropped;
  }

  private static void mark(boolean[] seen, long first, long count, String what) {
    for (long seq = first; seq < first + count; seq++) {
      assertThat(seen[(int) seq]).as("%s: seq %d twice", what, seq).isFalse();
      seen[(int) seq] = true;
    }
  }
}
