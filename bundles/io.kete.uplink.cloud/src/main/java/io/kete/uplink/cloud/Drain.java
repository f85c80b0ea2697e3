// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import io.kete.buffer.api.Outlet;
import io.kete.buffer.api.Parcel;
import io.kete.buffer.api.Stream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that drains a stream. It sleeps until there is something to send, room in the
 * window and a link; every event that may change one of these wakes it.
 */
final class Drain implements CloudConnectionListener, CloudDeliveryListener, AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(Drain.class);
  private static final AtomicInteger THREADS = new AtomicInteger();
  private static final int PARCELS_AT_ONCE = 16;
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  /** A message that waits for its turn, with the parcel it belongs to. */
  private record Outgoing(KuraMessage message, Delivery delivery) {}

  private final Stream stream;
  private final CloudPublisher publisher;
  private final UplinkSettings settings;
  private final RecordMessages messages;
  private final InFlight inFlight = new InFlight();
  private final Deque<Outgoing> outgoing = new ArrayDeque<>();
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wake = lock.newCondition();
  private boolean woken;
  private boolean linkLost;
  private volatile boolean closed;
  private volatile String refusal = "";

  private final LongAdder published = new LongAdder();
  private final LongAdder confirmed = new LongAdder();
  private final LongAdder rewinds = new LongAdder();

  Drain(Stream stream, CloudPublisher publisher, UplinkSettings settings, RecordMessages messages) {
    this.stream = stream;
    this.publisher = publisher;
    this.settings = settings;
    this.messages = messages;
    this.thread = new Thread(this::run, "uplink-cloud-" + THREADS.incrementAndGet());
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!closed) {
        drain();
        await(IDLE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void drain() throws InterruptedException {
    inFlight.clear();
    outgoing.clear();
    try (Outlet outlet = stream.open(this::wakeUp)) {
      while (!closed) {
        step(outlet);
      }
    } catch (RuntimeException e) {
      // Border: body of a task that must go on. The outlet is opened anew, so nothing is lost.
      String why = e.getClass().getSimpleName() + ": " + e.getMessage();
      if (!why.equals(refusal)) {
        refusal = why;
        logger.error("uplink_failed stream={}", stream.name(), e);
      }
    }
  }

  private void step(Outlet outlet) throws InterruptedException {
    if (takeLinkLost() || confirmationsOverdue()) {
      rewind(outlet);
    }
    if (inFlight.size() >= settings.window()) {
      await(IDLE);
      return;
    }
    if (outgoing.isEmpty() && !refill(outlet)) {
      await(IDLE);
      return;
    }
    if (!publish(outgoing.getFirst())) {
      await(settings.retryInterval());
      return;
    }
    outgoing.removeFirst();
  }

  private boolean refill(Outlet outlet) {
    List<Parcel> parcels = outlet.poll(PARCELS_AT_ONCE);
    for (Parcel parcel : parcels) {
      List<KuraMessage> ofParcel = messages.of(parcel);
      Delivery delivery = new Delivery(parcel, ofParcel.size(), outlet::acknowledge);
      for (KuraMessage message : ofParcel) {
        outgoing.addLast(new Outgoing(message, delivery));
      }
    }
    return !parcels.isEmpty();
  }

  private boolean publish(Outgoing next) {
    inFlight.beforePublish();
    String id = null;
    try {
      id = publisher.publish(next.message());
    } catch (KuraException e) {
      refused(e);
    } finally {
      if (id == null) {
        inFlight.notPublished();
      }
    }
    if (id == null) {
      return false;
    }
    inFlight.published(id, next.delivery(), System.nanoTime());
    published.increment();
    if (!refusal.isEmpty()) {
      refusal = "";
      logger.info("uplink_resumed stream={}", stream.name());
    }
    return true;
  }

  private void refused(KuraException e) {
    String why = String.valueOf(e.getMessage());
    if (!why.equals(refusal)) {
      refusal = why;
      logger.warn("uplink_paused stream={} reason={}", stream.name(), why);
    }
  }

  private boolean confirmationsOverdue() {
    long limit = settings.confirmTimeout().toNanos();
    boolean overdue =
        inFlight.oldestNanos().filter(since -> System.nanoTime() - since > limit).isPresent();
    if (overdue) {
      logger.warn(
          "confirmation_overdue stream={} seconds={}",
          stream.name(),
          settings.confirmTimeout().toSeconds());
    }
    return overdue;
  }

  private void rewind(Outlet outlet) {
    if (inFlight.size() > 0 || !outgoing.isEmpty()) {
      rewinds.increment();
    }
    inFlight.clear();
    outgoing.clear();
    outlet.rewind();
  }

  private boolean takeLinkLost() {
    lock.lock();
    try {
      boolean lost = linkLost;
      linkLost = false;
      return lost;
    } finally {
      lock.unlock();
    }
  }

  private void await(Duration limit) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = limit.toNanos();
      while (!woken && !closed && nanos > 0) {
        nanos = wake.awaitNanos(nanos);
      }
      woken = false;
    } finally {
      lock.unlock();
    }
  }

  private void wakeUp() {
    signal(false);
  }

  private void signal(boolean lost) {
    lock.lock();
    try {
      linkLost |= lost;
      woken = true;
      wake.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onMessageConfirmed(String messageId) {
    confirmed.increment();
    inFlight.confirmed(messageId);
    wakeUp();
  }

  @Override
  public void onConnectionEstablished() {
    wakeUp();
  }

  @Override
  public void onConnectionLost() {
    signal(true);
  }

  @Override
  public void onDisconnected() {
    signal(true);
  }

  List<String> problems() {
    String why = refusal;
    return why.isEmpty()
        ? List.of()
        : List.of(
            "Stream "
                + stream.name()
                + " is not relayed ("
                + why
                + "); data is kept in the buffer.");
  }

  Map<String, Object> facts() {
    return Map.of(
        "stream", stream.name(),
        "published", published.sum(),
        "confirmed", confirmed.sum(),
        "inFlight", inFlight.size(),
        "rewinds", rewinds.sum());
  }

  @Override
  public void close() {
    closed = true;
    wakeUp();
    boolean interrupted = false;
    try {
      thread.join(CLOSE_LIMIT.toMillis());
      thread.interrupt();
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
