// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.scenario;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Bounded waiting for what has to become true. What is waited for happens in other processes and
 * tells nobody, so a thread looks from time to time.
 */
final class Eventually {

  private static final long LOOK_MILLIS = 50;

  private Eventually() {}

  /** A check that throws as long as it does not hold; it runs on a thread of its own. */
  interface Check {
    void run() throws Exception;
  }

  /** Returns as soon as it holds; throws what it throws when the time is over. */
  static void holds(Duration limit, Check check) {
    CompletableFuture<Void> held = new CompletableFuture<>();
    AtomicReference<Throwable> last = new AtomicReference<>(new AssertionError("never looked"));
    ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(Eventually::thread);
    try {
      var unused =
          looks.scheduleWithFixedDelay(
              () -> look(check, held, last), 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
      held.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      Throwable notYet = Objects.requireNonNull(last.get());
      throw new AssertionError("not within " + limit + ": " + notYet.getMessage(), notYet);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } finally {
      looks.shutdownNow();
    }
  }

  private static void look(
      Check check, CompletableFuture<Void> held, AtomicReference<Throwable> last) {
    try {
      check.run();
      held.complete(null);
    } catch (AssertionError | Exception notYet) {
      last.set(notYet);
    }
  }

  private static Thread thread(Runnable looks) {
    Thread thread = new Thread(looks, "eventually");
    thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    thread.setDaemon(true);
    return thread;
  }
}
