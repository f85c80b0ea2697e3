// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.eclipse.kura.KuraConnectException;
import org.eclipse.kura.data.listener.DataServiceListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects, waits, connects again; one thread does all of it, so that every change of state happens
 * in one order.
 *
 * <p>Says each change once: {@code link_up}, {@code link_lost}, and {@code connect_failed} only
 * when the cause is another than before.
 */
final class ConnectLoop {

  private static final Logger logger = LoggerFactory.getLogger(ConnectLoop.class);
  private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(2);

  private final LinkSettings settings;
  private final Transport transport;
  private final Consumer<Consumer<DataServiceListener>> listeners;
  private final Backoff backoff;
  private final ScheduledThreadPoolExecutor thread;

  private volatile boolean wanted;
  private final AtomicLong reconnects = new AtomicLong();
  private volatile String problem = "";
  private String saidCause = "";
  private boolean wasUp;
  private boolean up;
  private long upSinceNanos;

  ConnectLoop(
      LinkSettings settings,
      Transport transport,
      Consumer<Consumer<DataServiceListener>> listeners) {
    this.settings = settings;
    this.transport = transport;
    this.listeners = listeners;
    this.backoff = new Backoff(settings.maxPause(), new Random());
    this.thread = new ScheduledThreadPoolExecutor(1, new NamedThreads("container.cloud-link"));
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    thread.setRemoveOnCancelPolicy(true);
  }

  long reconnects() {
    return reconnects.get();
  }

  /** Why there is no connection; empty when all is well. */
  String problem() {
    return problem;
  }

  void start() {
    wanted = true;
    thread.execute(this::attempt);
  }

  /** Connects now and waits for the result. */
  void connectNow() throws KuraConnectException {
    wanted = settings.autoConnect();
    Callable<Void> connecting =
        () -> {
          if (!up) {
            transport.connect();
            connected();
          }
          return null;
        };
    try {
      thread.submit(connecting).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KuraConnectException failed
          ? failed
          : new KuraConnectException(e, "connect");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KuraConnectException(e, "stopped");
    }
  }

  /** Disconnects in good order and stays so until somebody connects. */
  void disconnect(long quiesceMillis) {
    wanted = false;
    await(
        thread.submit(() -> leave(quiesceMillis)),
        Duration.ofMillis(quiesceMillis).plus(PATIENCE_AT_STOP));
  }

  /** The transport lost its session; called on the client's thread. */
  void lost(Throwable cause) {
    try {
      thread.execute(() -> lostInOrder(cause));
    } catch (RejectedExecutionException stopped) {
      logger.debug("link_lost_while_stopping");
    }
  }

  /** Runs the addition on the loop's thread, and tells the newcomer when the connection is up. */
  void introduce(Runnable addition, DataServiceListener newcomer) {
    thread.execute(
        () -> {
          addition.run();
          if (up && transport.isConnected()) {
            newcomer.onConnectionEstablished();
          }
        });
  }

  /**
   * Ends the loop: an attempt under way is interrupted, a connection is closed in good order, the
   * thread is gone.
   */
  void stop() {
    wanted = false;
    if (transport.isConnected()) {
      long quiesce = Math.min(settings.quiesce().toMillis(), PATIENCE_AT_STOP.toMillis());
      await(thread.submit(() -> leave(quiesce)), PATIENCE_AT_STOP.multipliedBy(2));
    }
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(PATIENCE_AT_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        logger.warn("link_thread_still_busy after={}", PATIENCE_AT_STOP);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void attempt() {
    if (!wanted || up) {
      return;
    }
    // border: whatever goes wrong here, the next attempt follows
    try {
      transport.connect();
      connected();
    } catch (KuraConnectException e) {
      if (!wanted) {
        return;
      }
      failed(Diagnosis.of(e.getCause() == null ? e : e.getCause()));
    } catch (RuntimeException e) {
      logger.error("connect_broke", e);
      later();
    }
  }

  private void connected() {
    up = true;
    upSinceNanos = System.nanoTime();
    problem = "";
    saidCause = "";
    if (wasUp) {
      reconnects.incrementAndGet();
    }
    wasUp = true;
    logger.info("link_up broker={} client={}", transport.getBrokerUrl(), transport.clientId());
    listeners.accept(DataServiceListener::onConnectionEstablished);
  }

  private void failed(Diagnosis why) {
    problem = "no connection to " + transport.getBrokerUrl() + ": " + why;
    if (!saidCause.equals(why.cause())) {
      saidCause = why.cause();
      logger.warn(
          "connect_failed broker={} cause={} do=\"{}\"",
          transport.getBrokerUrl(),
          why.cause(),
          why.advice());
    }
    later();
  }

  private void lostInOrder(Throwable cause) {
    if (!up || transport.isConnected()) {
      return;
    }
    up = false;
    Diagnosis why = Diagnosis.of(cause);
    problem = "the connection to " + transport.getBrokerUrl() + " was lost: " + why;
    Duration lasted = Duration.ofNanos(System.nanoTime() - upSinceNanos);
    logger.warn(
        "link_lost broker={} cause={} lasted={}", transport.getBrokerUrl(), why.cause(), lasted);
    listeners.accept(listener -> listener.onConnectionLost(cause));
    if (lasted.compareTo(settings.stable()) >= 0) {
      backoff.reset();
    } else {
      logger.warn(
          "link_short_lived: another client may use the client id {}, or the broker throws it out",
          transport.clientId());
    }
    if (settings.autoConnect()) {
      wanted = true;
    }
    later();
  }

  private void later() {
    if (wanted) {
      var unused = thread.schedule(this::attempt, backoff.next().toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void leave(long quiesceMillis) {
    if (!up) {
      return;
    }
    listeners.accept(DataServiceListener::onDisconnecting);
    up = false;
    transport.disconnect(quiesceMillis);
    logger.info("link_closed broker={}", transport.getBrokerUrl());
    listeners.accept(DataServiceListener::onDisconnected);
  }

  private static void await(Future<?> task, Duration limit) {
    try {
      task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      logger.warn("disconnect_incomplete cause={}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
