// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import io.kete.buffer.api.Outlet;
import io.kete.buffer.api.Stream;
import io.kete.data.api.Status;
import io.kete.uplink.cloud.exit.Exit;
import io.kete.uplink.cloud.pace.DayCount;
import io.kete.uplink.cloud.pace.Pace;
import io.kete.uplink.cloud.share.Links;
import io.kete.uplink.cloud.share.SharedLink;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** One stream on its way out: the parts of an uplink, and the thread that drives them. */
final class Relay implements AutoCloseable {

  private static final AtomicInteger THREADS = new AtomicInteger();
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  /**
   * What the rest of the gateway gives.
   *
   * @param priority of the stream, 0 to 9
   * @param routes the status of each route by name
   */
  record World(
      Stream stream,
      IntSupplier priority,
      Supplier<Map<String, Status>> routes,
      Links links,
      DayCount today,
      Clock clock) {}

  private final World world;
  private final Exit exit;
  private final Signals signals = new Signals();
  private final Standing standing;
  private final RecordMessages messages;
  private final Accounts accounts;
  private final SharedLink.Share share;
  private final Pace pace;
  private final Flight flight;
  private final Thread thread;
  private volatile UplinkSettings settings;
  private volatile boolean isChanged;

  /**
   * Starts nothing yet.
   *
   * @param link name of the link that is shared
   */
  Relay(World world, Exit exit, String link, UplinkSettings settings) {
    String stream = world.stream().name();
    this.world = world;
    this.exit = exit;
    this.settings = settings;
    this.standing = new Standing(stream);
    this.messages = new RecordMessages(stream, world.clock());
    this.accounts =
        new Accounts(
            new LedgerMessages(stream, world.clock()), world.stream()::ledger, world.routes());
    this.share = world.links().join(link, signals::wake);
    this.pace = new Pace(world.today(), System.nanoTime());
    this.flight = new Flight(share, signals, standing);
    this.thread = new Thread(this::run, "uplink-cloud-" + THREADS.incrementAndGet());
    thread.setDaemon(true);
    pace.set(settings.pace(), System.nanoTime());
    refresh();
  }

  void start() {
    exit.open(flight);
    thread.start();
  }

  /** Other limits while messages are on their way. */
  void change(UplinkSettings changed) {
    settings = changed;
    isChanged = true;
    signals.wake();
  }

  private void run() {
    try {
      while (!signals.isClosed()) {
        drain();
        signals.await(PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void drain() throws InterruptedException {
    flight.lost();
    share.lost();
    try (Outlet outlet = world.stream().open(signals::news)) {
      Drain drain = new Drain(outlet, this);
      while (!signals.isClosed()) {
        drain.step();
      }
    } catch (RuntimeException e) {
      // Border: body of a task that must go on. The outlet is opened anew, so nothing is lost.
      standing.failed(e);
    }
  }

  /** Takes over what was changed meanwhile; by the thread of this relay. */
  void applyChanges() {
    if (isChanged) {
      isChanged = false;
      pace.set(settings.pace(), System.nanoTime());
      refresh();
    }
  }

  /** Reads the priority again, which nobody tells of. */
  void refresh() {
    share.ask(world.priority().getAsInt(), settings.backlogDelay());
  }

  UplinkSettings settings() {
    return settings;
  }

  Exit exit() {
    return exit;
  }

  Signals signals() {
    return signals;
  }

  Standing standing() {
    return standing;
  }

  RecordMessages messages() {
    return messages;
  }

  Accounts accounts() {
    return accounts;
  }

  SharedLink.Share share() {
    return share;
  }

  Pace pace() {
    return pace;
  }

  Flight flight() {
    return flight;
  }

  Clock clock() {
    return world.clock();
  }

  Status status() {
    Map<String, Object> facts = new TreeMap<>(standing.facts());
    SharedLink.Gauge gauge = share.gauge();
    facts.put("inFlight", flight.size());
    facts.put("priority", world.priority().getAsInt());
    facts.put("link.limitBytes", gauge.limitBytes());
    facts.put("link.inFlightBytes", gauge.inFlightBytes());
    facts.put("link.confirmationMillis", gauge.delayMillis());
    facts.put("bytesToday", pace.bytesToday());
    return new Status(standing.problems(), facts);
  }

  @Override
  public void close() {
    signals.close();
    boolean interrupted = false;
    try {
      thread.join(CLOSE_LIMIT.toMillis());
      thread.interrupt();
    } catch (InterruptedException e) {
      interrupted = true;
    }
    share.close();
    pace.close();
    exit.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
