// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel;

import io.kete.buffer.api.Stream;
import io.kete.data.api.Status;
import io.kete.model.api.ModelSlot;
import io.kete.route.camel.asset.AssetComponent;
import io.kete.route.camel.asset.CaptureClock;
import io.kete.route.camel.asset.ClockCheck;
import io.kete.route.camel.buffer.BufferComponent;
import io.kete.route.camel.ledger.Ledgers;
import io.kete.route.camel.ledger.RouteLedger;
import io.kete.route.camel.model.ModelComponent;
import io.kete.route.camel.service.Directory;
import io.kete.route.camel.signal.SignalComponent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.eclipse.kura.asset.Asset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one Camel context and the thread that works on it: every change of a route is queued and made
 * there, in order. A second thread keeps time for retries. Callers never wait, except in {@link
 * #close}.
 */
final class RouteHost implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(RouteHost.class);
  private static final String TEXT_PROBLEM = "text";
  private static final long STOP_SECONDS = 10;
  private static final long CLOCK_CHECK_SECONDS = 60;

  private final CaptureClock clock = new CaptureClock(System::currentTimeMillis, System::nanoTime);
  private final Ledgers ledgers = new Ledgers();
  private final Map<String, String> state = new ConcurrentHashMap<>();
  private final Map<String, String> digests = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor worker;
  private final ScheduledThreadPoolExecutor timer;
  private final DefaultCamelContext context = new DefaultCamelContext(false);
  private final SignalComponent signals = new SignalComponent(ledgers);
  private final Routes routes = new Routes(context, signals);

  /** Starts at once, on its own thread; changes given before the start is done wait for it. */
  RouteHost(Directory<Asset> assets, Directory<Stream> streams, Directory<ModelSlot> slots) {
    worker = thread("route.camel-1");
    timer = thread("route.camel-2");
    ClockCheck check = new ClockCheck();
    Runnable checkClock = () -> clock.checked(check.check());
    var unused = timer.scheduleWithFixedDelay(checkClock, 0, CLOCK_CHECK_SECONDS, TimeUnit.SECONDS);
    worker.execute(() -> begin(assets, streams, slots));
  }

  private static ScheduledThreadPoolExecutor thread(String name) {
    ClassLoader camel = CamelContext.class.getClassLoader();
    var executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, name);
              // Camel finds its parts through the context class loader.
              thread.setContextClassLoader(camel);
              thread.setDaemon(true);
              return thread;
            },
            (late, stopped) -> ((Future<?>) late).cancel(false));
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    executor.setRemoveOnCancelPolicy(true);
    return executor;
  }

  private void begin(
      Directory<Asset> assets, Directory<Stream> streams, Directory<ModelSlot> slots) {
    try {
      start(assets, streams, slots);
    } catch (RuntimeException failed) {
      // Border of the queued task: nobody waits for its outcome, so it must be told here.
      logger.error("camel_start_failed", failed);
    }
  }

  private void start(
      Directory<Asset> assets, Directory<Stream> streams, Directory<ModelSlot> slots) {
    long begin = System.nanoTime();
    ContextSetup.apply(context);
    context.addComponent("asset", new AssetComponent(assets, clock, ledgers));
    context.addComponent("signal", signals);
    context.addComponent("model", new ModelComponent(slots, this::after));
    context.addComponent("buffer", new BufferComponent(streams, this::after));
    context.build();
    context.start();
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    logger.info("camel_started version={} ms={}", context.getVersion(), millis);
  }

  private void after(long millis, Runnable task) {
    var unused = timer.schedule(task, millis, TimeUnit.MILLISECONDS);
  }

  /** Queues the change; the outcome is seen in {@link #status}. */
  void apply(RouteSettings settings) {
    RouteLedger ledger = ledgers.open(settings.pid());
    worker.execute(() -> applyNow(settings, ledger));
  }

  private void applyNow(RouteSettings settings, RouteLedger ledger) {
    try {
      if (settings.enabled()) {
        routes.put(new RouteText(settings.pid(), settings.text()), ledger);
        digests.put(settings.pid(), digest(settings.text()));
        note(settings.pid(), "running", "route_started");
      } else {
        routes.remove(settings.pid(), ledger);
        digests.remove(settings.pid());
        note(settings.pid(), "disabled", "route_disabled");
      }
      ledger.clear(TEXT_PROBLEM);
    } catch (RouteTextException broken) {
      boolean old = routes.runningText(settings.pid()).isPresent();
      ledger.raise(
          TEXT_PROBLEM,
          broken.getMessage() + (old ? "; the previous text runs on" : "; the route does not run"));
      state.put(settings.pid(), old ? "running" : "broken");
      logger.error("route_refused {} previous={}", broken.getMessage(), old ? "running" : "none");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failed) {
      // Border of the queued task: nobody waits for its outcome, so it must be told here.
      ledger.raise(
          TEXT_PROBLEM,
          "route " + settings.pid() + " could not be changed, see the log; set it again");
      logger.error("route_change_failed route={}", settings.pid(), failed);
    }
  }

  private void note(String pid, String now, String event) {
    state.put(pid, now);
    logger.info("{} route={}", event, pid);
  }

  /** Takes a route out, waiting for its samples within bounds, and forgets its account. */
  Future<?> remove(String pid) {
    return worker.submit(
        () -> {
          try {
            routes.remove(pid, ledgers.of(pid));
            ledgers.close(pid);
            state.remove(pid);
            digests.remove(pid);
            logger.info("route_removed route={}", pid);
          } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /** The account and the problems of a route. */
  Status status(String pid) {
    RouteLedger ledger = ledgers.of(pid);
    List<String> problems = new ArrayList<>(ledger.problems().values());
    Map<String, Object> facts = new HashMap<>(ledger.counts().facts());
    facts.put("state", state.getOrDefault(pid, "starting"));
    facts.put("digest", digests.getOrDefault(pid, ""));
    return new Status(problems, facts);
  }

  /** Of the text that runs: by it two gateways can be compared. */
  private static String digest(String text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  RouteLedger ledger(String pid) {
    return ledgers.of(pid);
  }

  /** Waits for a queued change, at most ten seconds. */
  static void await(Future<?> change) {
    try {
      change.get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (CancellationException stopped) {
      logger.debug("route_change_late"); // everything is stopped already
    } catch (TimeoutException | ExecutionException failed) {
      logger.warn("route_change_unfinished", failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    await(worker.submit(context::stop));
    worker.shutdownNow();
    timer.shutdownNow();
  }
}
