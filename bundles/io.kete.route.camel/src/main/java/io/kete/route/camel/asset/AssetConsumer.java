// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.asset;

import io.kete.data.api.Sample;
import io.kete.route.camel.ledger.RouteLedger;
import io.kete.route.camel.service.Directory;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs an {@link AssetPoller} on a thread of its own and sends what it gives into the route. */
final class AssetConsumer extends DefaultConsumer implements Suspendable {
  private static final Logger logger = LoggerFactory.getLogger(AssetConsumer.class);
  private static final long STOP_SECONDS = 2;

  private final AssetEndpoint endpoint;
  private final AtomicInteger inFlight = new AtomicInteger();
  private @Nullable Schedule schedule;

  AssetConsumer(AssetEndpoint endpoint, Processor processor) {
    super(endpoint, processor);
    this.endpoint = endpoint;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    schedule = new Schedule(endpoint, endpoint.ledgers().of(getRouteId()));
  }

  @Override
  protected void doSuspend() {
    halt();
  }

  @Override
  protected void doResume() throws Exception {
    doStart();
  }

  @Override
  protected void doStop() throws Exception {
    halt();
    super.doStop();
  }

  private void halt() {
    Schedule running = schedule;
    schedule = null;
    if (running != null) {
      running.close();
    }
  }

  private void send(Sample sample) {
    inFlight.incrementAndGet();
    Exchange exchange = createExchange(false);
    exchange.getMessage().setBody(sample);
    getAsyncProcessor().process(exchange, doneSync -> done(exchange));
  }

  /** A failure is counted by the route's ledger, which sees the same exchange. */
  private void done(Exchange exchange) {
    inFlight.decrementAndGet();
    releaseExchange(exchange, false);
  }

  /** One thread and its timer, from start to suspension. Everything below runs on that thread. */
  private final class Schedule implements AutoCloseable {
    private final ScheduledThreadPoolExecutor executor;
    private final AssetPoller poller;
    private final RouteLedger ledger;
    private final Directory.Watch watch;
    private volatile boolean abandoned;
    private long generation;

    Schedule(AssetEndpoint endpoint, RouteLedger ledger) {
      this.ledger = ledger;
      AssetSettings settings = endpoint.settings();
      executor = new ScheduledThreadPoolExecutor(1, task -> thread(task, settings.asset()));
      executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
      executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
      var around =
          new AssetPoller.Surroundings(
              () -> endpoint.assets().find(settings.asset()),
              () -> inFlight.get() >= settings.inFlight(),
              this::deliver,
              System::nanoTime,
              () -> ThreadLocalRandom.current().nextDouble());
      poller = new AssetPoller(settings, around, endpoint.clock(), ledger);
      watch = endpoint.assets().watch(settings.asset(), this::changed);
      executor.execute(this::begin);
    }

    private Thread thread(Runnable task, String asset) {
      Thread thread = new Thread(task, "route.camel-" + asset);
      thread.setContextClassLoader(
          getEndpoint().getCamelContext().getApplicationContextClassLoader());
      thread.setDaemon(true);
      return thread;
    }

    private void changed() {
      if (endpoint.assets().find(endpoint.settings().asset()).isPresent()) {
        executor.execute(this::begin);
      }
    }

    private void begin() {
      poller.restart();
      generation++;
      run(generation);
    }

    private void run(long mine) {
      if (mine != generation) {
        return; // a later beginning has its own chain of ticks
      }
      long next = TimeUnit.MILLISECONDS.toNanos(endpoint.settings().periodMillis());
      try {
        next = poller.tick();
      } catch (RuntimeException failed) {
        // Border of the scheduled task: whatever happened, the next poll must come.
        ledger.miss(failed.getClass().getSimpleName(), 1);
        logger.error("poll_failed asset={}", endpoint.settings().asset(), failed);
      }
      var unused = executor.schedule(() -> run(mine), next, TimeUnit.NANOSECONDS);
    }

    private void deliver(Sample sample) {
      if (abandoned) {
        ledger.miss("route_stopped", 1);
      } else {
        send(sample);
      }
    }

    private void abandon() {
      abandoned = true;
      executor.shutdownNow();
    }

    /** A read that is running may end; it is interrupted when it takes too long. */
    @Override
    public void close() {
      watch.close();
      executor.shutdown();
      try {
        if (!executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
          abandon();
        }
      } catch (InterruptedException interrupted) {
        abandon();
        Thread.currentThread().interrupt();
      }
      ledger.clear(poller.problemKey());
    }
  }
}
