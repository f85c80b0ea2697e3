// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks;

import static org.awaitility.Awaitility.await;

import io.kete.buffer.api.AppendCallback;
import io.kete.buffer.api.Outlet;
import io.kete.buffer.api.Parcel;
import io.kete.buffer.api.Refusal;
import io.kete.buffer.api.Stream;
import io.kete.data.api.Sample;
import io.kete.data.api.StatusSource;
import io.kete.policy.cms.Identity;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * Samples through policy, group commit, disk and outlet with none, a fifth and all of the channels
 * sealed, in turns, with the bundles of the product in a framework.
 */
public final class Throughput implements AppendCallback {

  private static final String POLICY = "io.kete.policy.cms.CmsPolicy";
  private static final int IN_FLIGHT = 4096;
  private static final double BOUND = 0.85;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int[] SEALED = {0, 2, SealSubject.CHANNELS};

  private final Semaphore room = new Semaphore(IN_FLIGHT);
  private final Semaphore news = new Semaphore(0);
  private int applied;

  private Throughput() {}

  private record Turn(double perSecond, double cpuMicros) {}

  public static void main(String... args) throws Exception {
    boolean holds = new Throughput().run(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
    System.exit(holds ? 0 : 1);
  }

  private boolean run(int samples, int rounds) throws Exception {
    Path data = Files.createTempDirectory("kete-throughput");
    Identity.ec("centre").store(data.resolve("certificates/centre.pem"));
    Map<Integer, List<Turn>> turns = new TreeMap<>();
    try (Container container = new Container(data, "io.kete.policy.cms", "io.kete.buffer.h2")) {
      container.configure(POLICY, false, Map.of("policy", SealSubject.document(0)));
      container.configure(
          "io.kete.buffer.h2.H2Stream", true, Map.of("stream", "telemetry", "gateway", "gw-1"));
      Stream stream = container.service(Stream.class, "(kete.stream=telemetry)");
      StatusSource policy = container.service(StatusSource.class, "(kete.status.area=policy)");
      for (int round = 0; round <= rounds; round++) {
        for (int sealed : SEALED) {
          apply(container, policy, sealed);
          Turn turn = turn(stream, SealSubject.samples(1000, sealed), samples);
          if (round > 0) { // the first one warms up
            turns.computeIfAbsent(sealed, key -> new ArrayList<>()).add(turn);
          }
        }
      }
    }
    return judge(turns);
  }

  private void apply(Container container, StatusSource policy, int sealed) throws Exception {
    Object before = policy.status().facts().get("digest");
    container.configure(POLICY, false, Map.of("policy", SealSubject.document(sealed)));
    if (sealed != applied) {
      await("the policy is another one")
          .atMost(PATIENCE)
          .until(() -> !Objects.equals(before, policy.status().facts().get("digest")));
    }
    applied = sealed;
  }

  private Turn turn(Stream stream, List<Sample> samples, int count) throws Exception {
    long cpu = cpu();
    long begin = System.nanoTime();
    try (Outlet outlet = stream.open(news::release)) {
      Thread sender = new Thread(() -> drain(outlet, count), "sender");
      sender.start();
      for (int i = 0; i < count; i++) {
        room.acquire();
        stream.append(samples.get(i % samples.size()), this);
      }
      sender.join();
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    return new Turn(count / seconds, (cpu() - cpu) / 1e3 / count);
  }

  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private void drain(Outlet outlet, int count) {
    int seen = 0;
    while (seen < count) {
      List<Parcel> parcels = outlet.poll(64);
      for (Parcel parcel : parcels) {
        seen += parcel instanceof Parcel.Samples some ? some.block().id().count() : 0;
        outlet.acknowledge(parcel);
      }
      if (parcels.isEmpty()) {
        awaitNews();
      }
    }
  }

  /** What the outlet told since the last look is one reason to look again. */
  private void awaitNews() {
    try {
      if (!news.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("nothing more came out of the buffer");
      }
      news.drainPermits();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void accepted(long seq) {
    room.release();
  }

  @Override
  public void refused(Refusal why) {
    throw new IllegalStateException(why.message());
  }

  /** The machine is never alone, so turns that ran one after the other are compared. */
  private static boolean judge(Map<Integer, List<Turn>> turns) {
    turns.forEach(
        (part, all) ->
            System.out.printf(
                "  %3d %% sealed: %,8.0f samples/s, %5.1f us CPU for one%n",
                10 * part, median(all, Turn::perSecond), median(all, Turn::cpuMicros)));
    List<Turn> plain = turns.getOrDefault(0, List.of());
    List<Turn> fifth = turns.getOrDefault(2, List.of());
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < Math.min(plain.size(), fifth.size()); i++) {
      ratios.add(fifth.get(i).perSecond() / plain.get(i).perSecond());
    }
    double ratio = median(ratios, Double::doubleValue);
    boolean holds = ratio >= BOUND;
    System.out.printf(
        "%s throughput with 20 %% of the channels sealed: %.2f x all plain, median of %d pairs (bound %.2f)%n",
        holds ? "holds:" : "misses:", ratio, ratios.size(), BOUND);
    return holds;
  }

  private static <T> double median(List<T> all, ToDoubleFunction<T> figure) {
    double[] sorted = all.stream().mapToDouble(figure).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }
}
