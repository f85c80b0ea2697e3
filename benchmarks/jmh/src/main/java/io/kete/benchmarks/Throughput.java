// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks;

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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;

/**
 * Samples through policy, group commit, disk and outlet with none, a fifth and all of the channels
 * sealed, in turns, with the bundles of the product in a framework.
 */
public final class Throughput implements AppendCallback {

  private static final String POLICY = "io.kete.policy.cms.CmsPolicy";
  private static final int IN_FLIGHT = 4096;
  private static final double BOUND = 0.85;
  private static final int[] SEALED = {0, 2, SealSubject.CHANNELS};

  private final Semaphore room = new Semaphore(IN_FLIGHT);

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

  private static void apply(Container container, StatusSource policy, int sealed) throws Exception {
    Object before = policy.status().facts().get("digest");
    container.configure(POLICY, false, Map.of("policy", SealSubject.document(sealed)));
    while (String.valueOf(before).equals(policy.status().facts().get("digest")) && sealed > 0) {
      Thread.sleep(10);
    }
    Thread.sleep(200);
  }

  private Turn turn(Stream stream, List<Sample> samples, int count) throws Exception {
    long cpu = cpu();
    long begin = System.nanoTime();
    try (Outlet outlet = stream.open(() -> {})) {
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

  private static void drain(Outlet outlet, int count) {
    int seen = 0;
    while (seen < count) {
      List<Parcel> parcels = outlet.poll(64);
      for (Parcel parcel : parcels) {
        seen += parcel instanceof Parcel.Samples some ? some.block().id().count() : 0;
        outlet.acknowledge(parcel);
      }
      if (parcels.isEmpty()) {
        Thread.onSpinWait();
        java.util.concurrent.locks.LockSupport.parkNanos(200_000);
      }
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

  private static boolean judge(Map<Integer, List<Turn>> turns) {
    Map<Integer, Double> best = new TreeMap<>();
    turns.forEach(
        (part, all) -> {
          List<Double> speeds = new ArrayList<>(all.stream().map(Turn::perSecond).toList());
          List<Double> cpu = new ArrayList<>(all.stream().map(Turn::cpuMicros).toList());
          Collections.sort(speeds);
          Collections.sort(cpu);
          double median = speeds.get(speeds.size() / 2);
          best.put(part, median);
          System.out.printf(
              "  %3d %% sealed: %,8.0f samples/s, %5.1f us CPU for one%n",
              10 * part, median, cpu.get(cpu.size() / 2));
        });
    double plain = best.getOrDefault(0, 1.0);
    double ratio = best.getOrDefault(2, 0.0) / plain;
    boolean holds = ratio >= BOUND;
    System.out.printf(
        "%s throughput with 20 %% of the channels sealed: %.2f x all plain (bound %.2f)%n",
        holds ? "holds:" : "misses:", ratio, BOUND);
    return holds;
  }
}
