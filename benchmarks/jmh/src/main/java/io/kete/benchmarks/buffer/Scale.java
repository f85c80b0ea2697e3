// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.buffer;

import io.kete.buffer.api.Outlet;
import io.kete.buffer.api.Parcel;
import io.kete.buffer.api.Stream;
import io.kete.buffer.h2.PlainStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** What a full store costs against an empty one: {@code Scale RECORDS}. */
public final class Scale {

  private static final int ROUNDS = 9;
  private static final int RECORD = 256;
  private static final int BLOCK = 256;
  private static final long SEGMENT = 8L << 20;
  private static final int TURN = 40_000;
  private static final int WAITING = 4096;
  private static final int FIRST = 1_000;

  private final Path directory;
  private final long records;
  private final List<String> misses = new ArrayList<>();

  private Scale(Path directory, long records) {
    this.directory = directory;
    this.records = records;
  }

  public static void main(String... args) throws Exception {
    try (Scratch scratch = Scratch.make()) {
      boolean holds = new Scale(scratch.directory(), Long.parseLong(args[0])).run();
      System.exit(holds ? 0 : 1);
    }
  }

  private PlainStream open(String name) {
    return new PlainStream(directory.resolve(name), BLOCK, Duration.ZERO, SEGMENT);
  }

  private boolean run() throws Exception {
    double[] cost = flatness();
    double size = Scratch.size(directory.resolve("full")) / (double) (stored() * RECORD);
    check(size <= 1.3, "size");
    double full = opened("full");
    double empty = opened("empty");
    check(full <= 2 * empty + 1000, "open");
    double[] rates = drain();
    check(rates[1] >= rates[0], "drain");
    double excess = disk();
    check(excess <= 0, "disk");
    System.out.printf(
        Locale.ROOT,
        "%s buffer-scale%s: %,d records, cost of one %.2f to %.2f x that in a small store (bound"
            + " 0.8 to 1.2), open %.0f ms, empty %.0f ms (bound 2 x + 1 s), drain and acknowledge"
            + " %.2f x append (bound 1), file %.2f x payload, beyond payload x 1.3 + 2 segments"
            + " while draining: %,.0f bytes (bound 0), heap %d MB%n",
        misses.isEmpty() ? "PROVED" : "FAILED",
        misses.isEmpty() ? "" : " " + misses,
        records,
        cost[0],
        cost[1],
        full,
        empty,
        rates[1] / rates[0],
        size,
        Math.max(0, excess),
        Runtime.getRuntime().maxMemory() >> 20);
    return misses.isEmpty();
  }

  private void check(boolean holds, String what) {
    if (!holds) {
      misses.add(what);
    }
  }

  private long stored() {
    try (PlainStream full = open("full")) {
      awaitOpen(full.stream());
      return full.stream().ledger().accepted();
    }
  }

  private static void awaitOpen(Stream stream) {
    try {
      new Appends(stream).batch(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lowest and highest cost of a record at some fill, as a multiple of that in a small store. */
  private double[] flatness() throws Exception {
    double[] range = {1, 1};
    try (PlainStream full = open("full")) {
      Appends appends = new Appends(full.stream());
      appends.flow(FIRST, WAITING);
      long present = FIRST;
      for (long level : new long[] {FIRST, records / 10, records / 2, records}) {
        long rest = Math.max(0, level - present - TURN * (ROUNDS + 1L));
        appends.flow(rest, WAITING);
        double ratio = ratio(appends, level);
        present += rest + TURN * (ROUNDS + 1L);
        System.out.printf(
            Locale.ROOT, "  at %,d records: %.2f x the cost in a small store%n", present, ratio);
        range[0] = Math.min(range[0], ratio);
        range[1] = Math.max(range[1], ratio);
      }
    }
    check(range[0] >= 0.8 && range[1] <= 1.2, "flat");
    return range;
  }

  private double ratio(Appends full, long level) throws Exception {
    try (PlainStream small = open("small-" + level)) {
      Appends few = new Appends(small.stream());
      few.flow(FIRST, WAITING);
      double[] ratios = new double[ROUNDS];
      for (int round = -1; round < ROUNDS; round++) {
        double here = seconds(full);
        double there = seconds(few);
        if (round >= 0) {
          ratios[round] = here / there;
        }
      }
      Arrays.sort(ratios);
      return ratios[ROUNDS / 2];
    } finally {
      Scratch.delete(directory.resolve("small-" + level));
    }
  }

  private static double seconds(Appends appends) throws InterruptedException {
    long start = System.nanoTime();
    appends.flow(TURN, WAITING);
    return (System.nanoTime() - start) / 1e9;
  }

  /** Milliseconds until the first sample is accepted, median. */
  private double opened(String name) {
    double[] times = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      try (PlainStream plain = open(name.equals("empty") ? name + round : name)) {
        awaitOpen(plain.stream());
        times[round] = (System.nanoTime() - start) / 1e6;
      }
    }
    Arrays.sort(times);
    return times[ROUNDS / 2];
  }

  /** Records per second appended, and drained and acknowledged, in turns. */
  private double[] drain() throws Exception {
    double[] appended = new double[ROUNDS];
    double[] drained = new double[ROUNDS];
    Semaphore news = new Semaphore(0);
    try (PlainStream full = open("full")) {
      Appends appends = new Appends(full.stream());
      appends.batch(1);
      long turn = full.stream().ledger().buffered() / (2 * ROUNDS);
      try (Outlet outlet = full.stream().open(news::release)) {
        for (int round = 0; round < ROUNDS; round++) {
          drained[round] = drained(outlet, news, turn);
          appended[round] = TURN / seconds(appends);
        }
        long left = full.stream().ledger().buffered();
        double rest = drained(outlet, news, left);
        System.out.printf(Locale.ROOT, "  the rest of %,d at %,.0f records/s%n", left, rest);
        check(full.stream().ledger().buffered() == 0, "left");
      }
    }
    Arrays.sort(appended);
    Arrays.sort(drained);
    System.out.printf(
        Locale.ROOT,
        "  append %,.0f records/s, drain and acknowledge %,.0f records/s%n",
        appended[ROUNDS / 2],
        drained[ROUNDS / 2]);
    return new double[] {appended[ROUNDS / 2], drained[ROUNDS / 2]};
  }

  private static double drained(Outlet outlet, Semaphore news, long count)
      throws InterruptedException {
    long seen = 0;
    long start = System.nanoTime();
    while (seen < count) {
      List<Parcel> parcels = outlet.poll(16);
      for (Parcel parcel : parcels) {
        seen += parcel instanceof Parcel.Samples samples ? samples.block().id().count() : 0;
        outlet.acknowledge(parcel);
      }
      if (parcels.isEmpty() && news.tryAcquire(100, TimeUnit.MILLISECONDS)) {
        news.drainPermits();
      }
    }
    return seen * 1e9 / (System.nanoTime() - start);
  }

  /** Most bytes on the medium beyond what is allowed, while a drain keeps up with the appends. */
  private double disk() throws Exception {
    Path folder = directory.resolve("moving");
    double excess = Double.NEGATIVE_INFINITY;
    Semaphore news = new Semaphore(0);
    try (PlainStream moving = open("moving");
        Outlet outlet = moving.stream().open(news::release)) {
      Appends appends = new Appends(moving.stream());
      for (long done = 0; done < Math.max(records / 5, 400_000); done += TURN) {
        appends.flow(TURN, WAITING);
        drained(outlet, news, moving.stream().ledger().buffered());
        excess = Math.max(excess, excess(moving.stream(), folder));
      }
    }
    return excess;
  }

  private static double excess(Stream stream, Path folder) throws IOException {
    double allowed = stream.ledger().buffered() * RECORD * 1.3 + 2 * SEGMENT;
    return Scratch.size(folder) - allowed;
  }
}
