// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.ledger;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The account of one route since the gateway started. It outlives every edit of the route's text.
 * As the route's policy it sees each exchange begin and end; the steps tell the rest. Safe for use
 * by any number of threads.
 */
public final class RouteLedger implements RoutePolicy {
  private static final Logger logger = LoggerFactory.getLogger(RouteLedger.class);
  private static final int MAX_REASONS = 32;
  private static final String OTHER = "other";
  private static final long LOG_INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final String routeId;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private final Map<String, Long> failed = new TreeMap<>();
  private final Map<String, Long> missed = new TreeMap<>();
  private final Map<String, Long> loggedAt = new HashMap<>();
  private final Map<String, LongAdder> removed = new ConcurrentHashMap<>();
  private final Map<String, String> problems = new ConcurrentHashMap<>();
  private long captured;
  private long accepted;
  private long filtered;
  private long absorbed;
  private long inRoute;

  /** An empty account. */
  public RouteLedger(String routeId, LongSupplier nanoTime) {
    this.routeId = routeId;
    this.nanoTime = nanoTime;
  }

  /** A sample enters the route. */
  public Ticket begin() {
    lock.lock();
    try {
      captured++;
      inRoute++;
    } finally {
      lock.unlock();
    }
    return new Ticket(this);
  }

  /** A sample leaves the route without a failure. */
  public void end(Outcome outcome) {
    lock.lock();
    try {
      switch (outcome) {
        case ACCEPTED -> accepted++;
        case FILTERED -> filtered++;
        case ABSORBED -> absorbed++;
      }
      leave();
    } finally {
      lock.unlock();
    }
  }

  /** A sample leaves the route because a step failed. */
  public void fail(Throwable cause) {
    String reason =
        cause instanceof StepException step ? step.reason() : cause.getClass().getSimpleName();
    boolean log;
    lock.lock();
    try {
      String counted = add(failed, reason, 1);
      log = isDue(counted);
      leave();
    } finally {
      lock.unlock();
    }
    if (log) {
      // Messages of foreign exceptions may quote the body, so only our own are written.
      String text =
          cause instanceof StepException ? cause.getMessage() : cause.getClass().getName();
      logger.warn("sample_failed route={} reason={} cause={}", routeId, reason, text);
    }
  }

  private void leave() {
    inRoute--;
    if (inRoute == 0) {
      idle.signalAll();
    }
  }

  private boolean isDue(String reason) {
    long now = nanoTime.getAsLong();
    Long last = loggedAt.get(reason);
    if (last != null && now - last < LOG_INTERVAL_NANOS) {
      return false;
    }
    loggedAt.put(reason, now);
    return true;
  }

  /** Polls that could not be made. */
  public void miss(String reason, long polls) {
    lock.lock();
    try {
      add(missed, reason, polls);
    } finally {
      lock.unlock();
    }
  }

  private static String add(Map<String, Long> counters, String reason, long count) {
    String key = counters.containsKey(reason) || counters.size() < MAX_REASONS ? reason : OTHER;
    counters.merge(key, count, Long::sum);
    return key;
  }

  /** Counter of the readings that a step takes out. */
  public LongAdder removedBy(String step) {
    return removed.computeIfAbsent(step, key -> new LongAdder());
  }

  /** States a problem, one sentence that says what to do, until it is cleared. */
  public void raise(String key, String sentence) {
    problems.put(key, sentence);
  }

  /** Takes a problem back. */
  public void clear(String key) {
    problems.remove(key);
  }

  /** The problems at present, by key. */
  public Map<String, String> problems() {
    return new TreeMap<>(problems);
  }

  /** Waits until no sample is in the route, at most so long; gives whether it came to that. */
  public boolean awaitIdle(long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (inRoute > 0 && left > 0) {
        left = idle.awaitNanos(left);
      }
      return inRoute == 0;
    } finally {
      lock.unlock();
    }
  }

  /** The account at one moment. */
  public Counts counts() {
    Map<String, Long> taken = new TreeMap<>();
    removed.forEach((step, count) -> taken.put(step, count.sum()));
    lock.lock();
    try {
      return new Counts(captured, accepted, filtered, absorbed, inRoute, failed, missed, taken);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onExchangeBegin(Route route, Exchange exchange) {
    begin().attach(exchange);
  }

  @Override
  public void onExchangeDone(Route route, Exchange exchange) {
    finish(exchange);
  }

  /** The sample of this exchange leaves the route. */
  public void finish(Exchange exchange) {
    Outcome outcome = Ticket.of(exchange).map(Ticket::outcome).orElse(Outcome.FILTERED);
    Throwable cause = failureOf(exchange);
    if (cause != null && (outcome != Outcome.ACCEPTED || exchange.getException() != null)) {
      fail(cause);
    } else {
      end(outcome);
    }
  }

  private static @Nullable Throwable failureOf(Exchange exchange) {
    Throwable present = exchange.getException();
    return present != null
        ? present
        : exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
  }

  @Override
  public void onInit(Route route) {}

  @Override
  public void onRemove(Route route) {}

  @Override
  public void onStart(Route route) {}

  @Override
  public void onStop(Route route) {}

  @Override
  public void onSuspend(Route route) {}

  @Override
  public void onResume(Route route) {}
}
