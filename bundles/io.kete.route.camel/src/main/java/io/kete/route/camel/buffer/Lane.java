// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.buffer;

import io.kete.buffer.api.Stream;
import io.kete.route.camel.service.Directory;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The way of all routes into one stream, in order. While the stream is not there, is full or is
 * closing, samples wait here; the routes' bounds on exchanges in flight bound the waiting. Outlives
 * edits of routes.
 *
 * <p>No lock is held while a stream or a callback is called: whoever finds the lane idle works it
 * off, everybody else only leaves a note that there is more to do.
 */
final class Lane implements AutoCloseable {
  static final long RETRY_MILLIS = 250;

  private final String name;
  private final Directory<Stream> streams;
  private final Timer timer;
  private final Directory.Watch watch;
  private final Queue<Pending> incoming = new ConcurrentLinkedQueue<>();
  private final Queue<Pending> returned = new ConcurrentLinkedQueue<>();
  private final AtomicInteger notes = new AtomicInteger();
  private final AtomicInteger outstanding = new AtomicInteger();
  private final AtomicBoolean retrySet = new AtomicBoolean();

  /**
   * The stream refused for now; nothing is handed over until the retry or until another stream
   * comes.
   */
  private volatile boolean blocked;

  /**
   * After a refusal one sample at a time, oldest first, until one is accepted: so the order holds.
   */
  private volatile boolean probing;

  /** The sample that was handed over alone. */
  private volatile @Nullable Pending probe;

  private volatile boolean closed;

  // Touched only by whoever works the lane off.
  private final PriorityQueue<Pending> waiting = new PriorityQueue<>();
  private long numbers;

  Lane(String name, Directory<Stream> streams, Timer timer) {
    this.name = name;
    this.streams = streams;
    this.timer = timer;
    this.watch = streams.watch(name, this::unblock);
  }

  String problemKey() {
    return "stream." + name;
  }

  void submit(Pending pending) {
    incoming.add(pending);
    work();
  }

  void answered(Pending pending, boolean accepted) {
    if (accepted && Objects.equals(pending, probe)) {
      probing = false;
      probe = null;
    }
    outstanding.decrementAndGet();
    work();
  }

  /** The stream cannot take it now; it goes back to its place in the order. */
  void giveBack(Pending pending) {
    blocked = true;
    probing = true;
    returned.add(pending);
    outstanding.decrementAndGet();
    if (retrySet.compareAndSet(false, true)) {
      timer.after(RETRY_MILLIS, this::retry);
    }
    work();
  }

  private void retry() {
    retrySet.set(false);
    unblock();
  }

  private void unblock() {
    blocked = false;
    work();
  }

  private void work() {
    if (notes.getAndIncrement() != 0) {
      return;
    }
    int read = 1;
    do {
      advance();
      read = notes.addAndGet(-read);
    } while (read != 0);
  }

  private void advance() {
    for (Pending back = returned.poll(); back != null; back = returned.poll()) {
      waiting.add(back);
    }
    Optional<Stream> stream = streams.find(name);
    if (closed) {
      failAll();
    } else if (stream.isEmpty()) {
      holdAll("stream " + name + " is not there, samples wait; configure it or correct the route");
    } else if (blocked) {
      holdAll(
          "stream "
              + name
              + " takes no samples now, they wait; give it more room or look after the link");
    } else if (!probing) {
      handAll(stream.get());
    } else if (outstanding.get() == 0) {
      handOne(stream.get());
    }
  }

  private void handAll(Stream stream) {
    while (returned.isEmpty()) {
      Pending pending = next();
      if (pending == null) {
        return;
      }
      hand(stream, pending);
    }
  }

  private void handOne(Stream stream) {
    Pending pending = next();
    if (pending != null) {
      probe = pending;
      hand(stream, pending);
    }
  }

  private @Nullable Pending next() {
    Pending oldest = waiting.poll();
    return oldest != null ? oldest : arrive();
  }

  private @Nullable Pending arrive() {
    Pending pending = incoming.poll();
    if (pending != null) {
      pending.number(numbers++);
    }
    return pending;
  }

  private void holdAll(String problem) {
    for (Pending pending = arrive(); pending != null; pending = arrive()) {
      waiting.add(pending);
    }
    for (Pending pending : waiting) {
      pending.hold(problem);
    }
  }

  private void failAll() {
    for (Pending pending = next(); pending != null; pending = next()) {
      pending.fail(
          "route_stopped", "the gateway stopped while the sample waited for stream " + name);
    }
  }

  private void hand(Stream stream, Pending pending) {
    outstanding.incrementAndGet();
    pending.hand();
    try {
      stream.append(pending.sample(), pending);
    } catch (RuntimeException broken) {
      // Part of the border of Camel's error handler: without it the exchange would wait for ever.
      pending.broken(broken);
    }
  }

  @Override
  public void close() {
    watch.close();
    closed = true;
    work();
  }
}
