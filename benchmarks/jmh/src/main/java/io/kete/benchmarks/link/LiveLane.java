// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.link;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A large backlog behind a link of 64 kbit/s, and live samples beside it: how long a live sample
 * takes from its capture to a subscriber behind the broker.
 */
public final class LiveLane {

  private static final long BYTES_PER_SECOND = 8_000;
  private static final long BOUND_MILLIS = 2_000;
  private static final int CHANNELS = 2;
  private static final String NEVER = "0 0 30 2 *";

  private LiveLane() {}

  public static void main(String... args) throws Exception {
    System.exit(
        run(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2])) ? 0 : 1);
  }

  private static boolean run(Path folder, int backlog, int seconds) throws Exception {
    BadLink.Quality slow = new BadLink.Quality(BYTES_PER_SECOND, 30, 0);
    ScheduledExecutorService producer = new ScheduledThreadPoolExecutor(1);
    try (Mosquitto broker = new Mosquitto(folder);
        Witness witness = new Witness(broker.port());
        BadLink link = new BadLink(broker.port(), slow, 1);
        Gateway gateway =
            new Gateway(folder.resolve("data"), link.port(), 30, Map.of("schedule", NEVER))) {
      long begin = System.nanoTime();
      gateway.fill(backlog, CHANNELS);
      System.out.printf(
          "  backlog of %,d samples stored in %.0f s%n",
          gateway.accepted(), (System.nanoTime() - begin) / 1e9);
      int delay = Integer.getInteger("kete.backlog.delay", 1_000);
      gateway.uplink(Map.of("ledger.interval", 10, "backlog.delay", delay));
      await("backlog leaves").atMost(Duration.ofMinutes(1)).until(() -> witness.replayed() > 50);
      producer.scheduleAtFixedRate(() -> live(gateway), 0, 200, TimeUnit.MILLISECONDS);
      await("live samples").atMost(Duration.ofMinutes(1)).until(() -> witness.arrived() > 100);
      witness.timing(true);
      long before = witness.replayed();
      long start = System.nanoTime();
      await("the time of the run")
          .atMost(Duration.ofSeconds(seconds + 60L))
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> System.nanoTime() - start > TimeUnit.SECONDS.toNanos(seconds));
      witness.timing(false);
      long replayed = witness.replayed() - before;
      System.out.printf("  uplink: %s%n", gateway.uplinkStatus().facts());
      return judge(witness, replayed, seconds, backlog);
    } finally {
      producer.shutdownNow();
    }
  }

  private static void live(Gateway gateway) {
    try {
      gateway.append(Gateway.sample(CHANNELS, 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean judge(Witness witness, long replayed, int seconds, int backlog) {
    List<Long> millis = witness.liveMillis();
    int expected = seconds * 5;
    long p99 = millis.isEmpty() ? Long.MAX_VALUE : millis.get(millis.size() * 99 / 100);
    System.out.printf(
        "  %d of about %d live samples: median %d ms, p99 %d ms, longest %d ms; %d of the backlog beside them"
            + " (%.1f per second), %d out of order, %d ledgers, %d not even%n",
        millis.size(),
        expected,
        millis.isEmpty() ? -1 : millis.get(millis.size() / 2),
        p99,
        millis.isEmpty() ? -1 : millis.get(millis.size() - 1),
        replayed,
        (double) replayed / seconds,
        witness.disorders(),
        witness.ledgers(),
        witness.ledgerGaps());
    boolean holds =
        p99 <= BOUND_MILLIS
            && millis.size() >= expected * 9 / 10
            && replayed > 0
            && witness.disorders() == 0
            && witness.ledgerGaps() == 0;
    System.out.printf(
        "%s live-lane: p99 %d ms from capture to behind the broker beside a backlog of %,d at 64 kbit/s; bound %d ms%n",
        holds ? "PROVED" : "FAILED", p99, backlog, BOUND_MILLIS);
    return holds;
  }
}
