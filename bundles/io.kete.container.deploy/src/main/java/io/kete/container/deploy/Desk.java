// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy;

import io.kete.container.deploy.install.Step;
import io.kete.kapua.codec.deploy.DownloadOrder;
import io.kete.kapua.codec.deploy.Operation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes orders, puts each on disk, and has them carried out one after the other. Taking an order is
 * quick; whoever ordered hears of the rest by notifications.
 */
final class Desk {

  private static final Logger logger = LoggerFactory.getLogger(Desk.class);
  private static final int MAX_WAITING = 16;

  /** Kapua has to have read the answer before the first notification of the operation comes. */
  private static final Duration ANSWER_FIRST = Duration.ofMillis(100);

  private final Work.Means means;
  private final ScheduledExecutorService thread;
  private final Supplier<Runnable> hold;
  private final Deque<Work> waiting = new ArrayDeque<>();
  private Runnable release = () -> {};
  private long last;

  /**
   * A desk.
   *
   * @param hold holds announcements back until what it gives is run: to Kapua each BIRTH is the
   *     sign to order again what is not ended
   * @param left orders of an earlier run that are on disk; new ones are numbered after them
   */
  Desk(Work.Means means, ScheduledExecutorService thread, Supplier<Runnable> hold, List<Job> left) {
    this.means = means;
    this.thread = thread;
    this.hold = hold;
    this.last = left.stream().mapToLong(Job::number).max().orElse(0);
  }

  /** An order without its number. */
  record Wish(
      long id,
      String requester,
      String connection,
      Operation operation,
      String name,
      String version) {}

  /**
   * Takes an order.
   *
   * @return false when too many are waiting
   */
  synchronized boolean take(Wish wish, Optional<DownloadOrder> download) throws IOException {
    if (waiting.size() >= MAX_WAITING) {
      return false;
    }
    Job job =
        new Job(
            ++last,
            wish.id(),
            wish.requester(),
            wish.connection(),
            wish.operation(),
            wish.name(),
            wish.version(),
            "",
            Optional.empty());
    means.jobs().write(job);
    Step.ORDER_NOTED.reached();
    if (waiting.isEmpty()) {
      release = hold.get();
    }
    waiting.add(new Work(means, job, download));
    var unused = thread.schedule(this::next, ANSWER_FIRST.toMillis(), TimeUnit.MILLISECONDS);
    logger.info(
        "deploy_ordered job={} operation={} package={}", job.id(), job.operation(), job.name());
    return true;
  }

  private void next() {
    Optional<Work> work = current();
    try {
      if (work.isPresent()) {
        work.get().run();
      }
    } catch (InterruptedException e) {
      // the gateway stops; the order is on disk and ends after the next start
      Thread.currentThread().interrupt();
      return;
    }
    synchronized (this) {
      waiting.poll();
      if (waiting.isEmpty()) {
        release.run();
      }
    }
  }

  /** Lets announcements go out again, whatever is open. */
  synchronized void close() {
    if (!waiting.isEmpty()) {
      release.run();
    }
  }

  /** What is being carried out, or comes next. */
  synchronized Optional<Work> current() {
    return Optional.ofNullable(waiting.peek());
  }

  /** How many orders are not ended. */
  synchronized int open() {
    return waiting.size();
  }

  /** Ends the download that runs or comes next. */
  boolean cancel() {
    return current().map(Work::cancel).orElse(false);
  }
}
