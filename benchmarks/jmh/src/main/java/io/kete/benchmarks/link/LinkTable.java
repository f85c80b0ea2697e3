// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.link;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A link that is off and on again by a table, cut and silent in turns, then one that is late and
 * loses packets: in the end every sample that was accepted has arrived, in order in each lane.
 */
public final class LinkTable {

  private static final int WINDOW = 256;
  private static final int CHANNELS = 2;
  private static final long PERIOD_MILLIS = 50;
  private static final BadLink.Quality BAD = new BadLink.Quality(1 << 20, 600, 2);

  /** So many times off and on. */
  private record Row(int off, int on, int times) {

    static List<Row> parse(String table) {
      List<Row> rows = new ArrayList<>();
      for (String row : table.split(",", -1)) {
        String[] parts = row.split("[/x]", -1);
        rows.add(
            new Row(
                Integer.parseInt(parts[0]),
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2])));
      }
      return rows;
    }

    @Override
    public String toString() {
      return off + "/" + on + " min x" + times;
    }
  }

  private final Gateway gateway;
  private final BadLink link;
  private final Witness witness;
  private final long minuteMillis;
  private final int keepAlive;
  private final List<String> faults = new ArrayList<>();
  private int losses;
  private int silences;
  private int noticed;

  private LinkTable(
      Gateway gateway, BadLink link, Witness witness, long minuteMillis, int keepAlive) {
    this.gateway = gateway;
    this.link = link;
    this.witness = witness;
    this.minuteMillis = minuteMillis;
    this.keepAlive = keepAlive;
  }

  /** Folder, length of a minute in milliseconds, table, seconds on the late link. */
  public static void main(String... args) throws Exception {
    Path folder = Path.of(args[0]);
    long minute = Long.parseLong(args[1]);
    // a real minute has Kura's usual keep-alive, a short one the shortest there is
    int keepAlive = minute >= 60_000 ? 30 : 1;
    boolean holds;
    try (Mosquitto broker = new Mosquitto(folder);
        Witness witness = new Witness(broker.port());
        BadLink link = new BadLink(broker.port(), BadLink.Quality.GOOD, 7);
        Gateway gateway =
            new Gateway(
                folder.resolve("data"),
                link.port(),
                keepAlive,
                Map.of("window", WINDOW, "ledger.interval", 5))) {
      LinkTable table = new LinkTable(gateway, link, witness, minute, keepAlive);
      holds = table.run(Row.parse(args[2]), Integer.parseInt(args[3]), args[2]);
    }
    System.exit(holds ? 0 : 1);
  }

  private boolean run(List<Row> rows, int badSeconds, String table) throws InterruptedException {
    ScheduledThreadPoolExecutor producer = new ScheduledThreadPoolExecutor(1);
    try {
      for (Row row : rows) {
        ScheduledFuture<?> samples = produce(producer);
        for (int i = 0; i < row.times(); i++) {
          off(i % 2 == 0 ? BadLink.State.CUT : BadLink.State.SILENT, row.off() * minuteMillis);
          pass(row.on() * minuteMillis);
        }
        settle(row.toString(), samples);
      }
      if (badSeconds > 0) {
        late(producer, badSeconds);
      }
    } finally {
      producer.shutdownNow();
    }
    return judge(table, badSeconds);
  }

  private ScheduledFuture<?> produce(ScheduledThreadPoolExecutor producer) {
    return producer.scheduleAtFixedRate(this::sample, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void sample() {
    try {
      gateway.append(Gateway.sample(CHANNELS, 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void off(BadLink.State how, long millis) {
    losses++;
    link.state(how);
    pass(millis);
    if (how == BadLink.State.SILENT && millis >= 4_000L * keepAlive) {
      silences++;
      boolean isNoticed = !gateway.uplinkStatus().problems().isEmpty();
      noticed += isNoticed ? 1 : 0;
    }
    link.state(BadLink.State.UP);
  }

  private void late(ScheduledThreadPoolExecutor producer, int seconds) {
    link.quality(BAD);
    ScheduledFuture<?> samples = produce(producer);
    pass(seconds * 500L);
    off(BadLink.State.CUT, 1_000);
    pass(seconds * 500L);
    settle("600 ms and 2 % loss", samples);
    link.quality(BadLink.Quality.GOOD);
  }

  private static void pass(long millis) {
    long begin = System.nanoTime();
    await("time")
        .atMost(Duration.ofMillis(millis + 60_000))
        .pollDelay(Duration.ofMillis(millis))
        .until(() -> System.nanoTime() - begin >= TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** Stops the samples and waits until all of them have arrived. */
  private void settle(String name, ScheduledFuture<?> samples) {
    samples.cancel(false);
    long begin = System.nanoTime();
    boolean isEmpty = true;
    try {
      await("all have arrived and are confirmed")
          .atMost(Duration.ofMinutes(3))
          .until(
              () ->
                  gateway.stream().ledger().buffered() == 0
                      && witness.missing(gateway.accepted()) == 0);
    } catch (org.awaitility.core.ConditionTimeoutException e) {
      isEmpty = false;
      faults.add(name + " does not end: " + gateway.stream().ledger());
    }
    System.out.printf(
        "  %s: accepted %,d, missing %,d, twice %,d, out of order %,d, after the last minute %s in %.1f s%n",
        name,
        gateway.accepted(),
        witness.missing(gateway.accepted()),
        witness.duplicates(),
        witness.disorders(),
        isEmpty ? "empty" : "not empty",
        (System.nanoTime() - begin) / 1e9);
  }

  private boolean judge(String table, int badSeconds) {
    long accepted = gateway.stream().ledger().accepted();
    long missing = witness.missing(accepted);
    boolean holds =
        faults.isEmpty()
            && missing == 0
            && gateway.refused() == 0
            && witness.disorders() == 0
            && witness.duplicates() <= (long) WINDOW * losses
            && witness.ledgers() > 0
            && witness.ledgerGaps() == 0
            && noticed == silences;
    faults.forEach(fault -> System.out.println("  " + fault));
    System.out.printf(
        "  %d connections, %d of %d silences noticed, %d ledger records, %d of them not even%n",
        link.connections(), noticed, silences, witness.ledgers(), witness.ledgerGaps());
    System.out.printf(
        "%s link-table: %s with minutes of %d ms%s: accepted %,d, missing %,d, twice %,d in %d losses,"
            + " out of order %,d; bound missing 0, twice %d in each loss, out of order 0, all silences noticed%n",
        holds ? "PROVED" : "FAILED",
        table,
        minuteMillis,
        badSeconds > 0 ? ", then 600 ms and 2 % loss" : "",
        accepted,
        missing,
        witness.duplicates(),
        losses,
        witness.disorders(),
        WINDOW);
    return holds;
  }
}
