// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.model;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * Changes the model again and again while 10,000 samples a second flow through routes and the slot,
 * in turns with the same load left alone: by a new version of the bundle, back by a pin, forth
 * again by the next version. Looks at every sample, at the time it took, and at what is left over.
 */
public final class SwapLoad {

  private static final int ASSETS = 106;
  private static final double RATE = 10_000;
  private static final int FIRST = 10;
  private static final int ROUNDS = 5;
  private static final int PACE_MILLIS = 200;
  private static final double MOST_DELAY = 2;
  private static final double MOST_MEMORY = 1.05;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final LoadedGateway gateway;
  private final int swaps;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Delays alone = new Delays();
  private final Delays swapping = new Delays();
  private final Delays taken = new Delays();
  private final List<String> faults = new ArrayList<>();
  private double slowest = Double.MAX_VALUE;
  private int newest = 1;
  private int done;

  private SwapLoad(Path folder, int swaps) throws Exception {
    this.swaps = swaps;
    this.gateway = new LoadedGateway(folder, ASSETS, swaps / 2 + 2);
  }

  /**
   * Runs the proof.
   *
   * @param arguments working folder, number of swaps, seconds of load before the first one, seconds
   *     of load without swaps
   */
  public static void main(String[] arguments) throws Exception {
    SwapLoad proof = new SwapLoad(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    boolean holds = proof.run(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
    System.exit(holds ? 0 : 1);
  }

  private boolean run(int warm, int left) throws Exception {
    LoadSink sink = gateway.sink();
    pause(warm / 2.0);
    Footing.now(); // the heap has its size after its first whole collection
    pause(warm / 2.0);
    change(FIRST);
    Footing before = Footing.now();
    int each = (swaps - FIRST) / ROUNDS;
    for (int round = 0; round < ROUNDS; round++) {
      alone.add(measured(() -> pause((double) left / ROUNDS)));
      swapping.add(measured(() -> change(each)));
      System.out.println("after " + done + " swaps: " + Footing.now());
    }
    change(swaps - done);
    Footing after = settled(before);
    gateway.rest();
    long lost = sink.lost();
    boolean holds = judge(before, after, lost);
    gateway.close();
    timer.shutdown();
    return holds;
  }

  /** A part of the run. */
  @FunctionalInterface
  private interface Part {
    void run() throws Exception;
  }

  /** The times of the samples that came meanwhile. */
  private Delays measured(Part part) throws Exception {
    gateway.sink().takeDelays();
    long begin = System.nanoTime();
    part.run();
    double seconds = (System.nanoTime() - begin) / 1e9;
    Delays delays = gateway.sink().takeDelays();
    slowest = Math.min(slowest, delays.count() / seconds);
    return delays;
  }

  /** Nothing but the load. */
  private void pause(double seconds) throws InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    var unused = timer.schedule(over::countDown, (long) (seconds * 1000), TimeUnit.MILLISECONDS);
    over.await();
  }

  /** So many swaps, one after the other, not more than five a second. */
  private void change(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      CountDownLatch pace = new CountDownLatch(1);
      var unused = timer.schedule(pace::countDown, PACE_MILLIS, TimeUnit.MILLISECONDS);
      swap();
      pace.await();
    }
  }

  /** Forth to a new version, then back to the one before it, and so on. */
  private void swap() throws Exception {
    boolean back = done % 2 == 1;
    String version = (back ? newest - 1 : newest + 1) + ".0.0";
    CountDownLatch everywhere = gateway.sink().expect(version);
    long begin = System.nanoTime();
    if (back) {
      gateway.pin(version);
    } else {
      newest++;
      gateway.update(newest);
      gateway.pin("");
    }
    if (!everywhere.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException(
          "version " + version + " does not serve " + everywhere.getCount() + " routes");
    }
    taken.add(System.nanoTime() - begin);
    done++;
  }

  /** When threads that end by themselves have ended. */
  private static Footing settled(Footing before) throws Exception {
    try {
      Awaitility.await("nothing is left")
          .atMost(PATIENCE)
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> Footing.now().leftSince(before).isEmpty());
    } catch (org.awaitility.core.ConditionTimeoutException e) {
      // what is left is told by the judge
    }
    return Footing.now();
  }

  private void expect(boolean holds, String fault) {
    if (!holds) {
      faults.add(fault);
    }
  }

  private void show(Footing before, Footing after, List<String> left) {
    System.out.println("without swaps: " + alone);
    System.out.println("with swaps:    " + swapping);
    System.out.printf(
        "added: p50 %.0f us, p99 %.0f us, p99.9 %.0f us%n",
        swapping.micros(0.5) - alone.micros(0.5),
        swapping.micros(0.99) - alone.micros(0.99),
        swapping.micros(0.999) - alone.micros(0.999));
    System.out.printf(
        "a swap, from the order to the last route: median %.1f ms, p99 %.1f ms, longest %.1f ms%n",
        taken.micros(0.5) / 1e3, taken.micros(0.99) / 1e3, taken.longestMicros() / 1e3);
    System.out.println("after " + FIRST + " swaps:  " + before);
    System.out.println("after " + done + " swaps: " + after);
    left.forEach(each -> System.out.println("left: " + each));
  }

  private boolean judge(Footing before, Footing after, long lost) {
    LoadSink sink = gateway.sink();
    List<String> left = after.leftSince(before);
    double memory = (double) after.residentKiB() / before.residentKiB();
    double delay = swapping.micros(0.999) / alone.micros(0.999);
    show(before, after, left);
    expect(lost == 0, lost + " samples lost");
    expect(sink.unscored() == 0, sink.unscored() + " samples unscored");
    expect(sink.mixed() == 0, sink.mixed() + " samples mixed");
    long odd = sink.linesWithoutChanges(done + 1L);
    expect(odd == 0, odd + " routes did not change once for each swap");
    expect(slowest >= RATE, "a part had %.0f samples a second".formatted(slowest));
    expect(delay <= MOST_DELAY, "p99.9 %.2f x".formatted(delay));
    expect(memory <= MOST_MEMORY, "resident memory %.3f x".formatted(memory));
    expect(left.isEmpty(), left.size() + " kinds of threads or files left");
    long loaders = after.classLoaders() - before.classLoaders();
    expect(loaders <= 0, loaders + " class loaders left");
    faults.forEach(fault -> System.out.println("fault: " + fault));
    System.out.printf(
        "%s swap-load: %d swaps under %,.0f samples/s (slowest part), %,d samples, %d lost, %d"
            + " unscored, %d mixed; p99.9 %.2f x the load alone; resident %.3f x that after %d;"
            + " left: %d threads or files, %d class loaders; bound: 10,000/s, 0, 0, 0, 2, 1.05, 0,"
            + " 0%n",
        faults.isEmpty() ? "PROVED" : "FAILED",
        done,
        slowest,
        sink.accepted(),
        lost,
        sink.unscored(),
        sink.mixed(),
        delay,
        memory,
        FIRST,
        left.size(),
        Math.max(0, loaders));
    return faults.isEmpty();
  }
}
