// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.gate;

import io.kete.model.runtime.content.RefusedException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds the time an engine may take. No thread can be made to leave foreign code, so one that
 * hangs is left behind; after a few of them nothing is tried any more.
 */
final class Patience {

  private static final Logger logger = LoggerFactory.getLogger(Patience.class);
  private static final int MAX_HANGING = 2;
  private static final String THREAD = "model.runtime-load-1";

  private final Duration limit;
  private final AtomicInteger hanging = new AtomicInteger();

  /**
   * @param limit longest time of one attempt
   */
  Patience(Duration limit) {
    this.limit = limit;
  }

  /** Something that ends too late to be of use gives back what it made. */
  interface Attempt<T> extends Callable<T> {
    void giveUp(T late);
  }

  /**
   * Makes the attempt.
   *
   * @throws RefusedException when it took too long, or what the attempt threw
   */
  <T> T await(Attempt<T> attempt) throws RefusedException {
    if (hanging.get() >= MAX_HANGING) {
      throw new RefusedException(
          MAX_HANGING + " models still hang in their engine; restart the gateway", false);
    }
    Outcome<T> outcome = new Outcome<>(attempt);
    Thread thread = new Thread(outcome, THREAD);
    thread.setDaemon(true);
    thread.start();
    try {
      return outcome.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      outcome.leave();
      throw new RefusedException(
          "loading and proving took longer than "
              + limit.toSeconds()
              + " s; make the model smaller or raise "
              + Gate.LOAD_SECONDS,
          true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      outcome.leave();
      throw new RefusedException("the gateway stops", false);
    } catch (ExecutionException e) {
      throw unwrapped(e.getCause() == null ? e : e.getCause());
    }
  }

  private static RefusedException unwrapped(Throwable cause) {
    if (cause instanceof RefusedException refused) {
      return refused;
    }
    if (cause instanceof OutOfMemoryError) {
      // from the heap or from outside of it; what was begun is garbage by now
      return new RefusedException("it needs more memory than there is", false);
    }
    logger.error("engine_broke", cause);
    return new RefusedException("the engine broke with " + cause.getClass().getName(), false);
  }

  /** The attempt on its thread; knows whether somebody still waits. */
  private final class Outcome<T> extends FutureTask<T> {
    private final Attempt<T> attempt;
    private boolean left;

    Outcome(Attempt<T> attempt) {
      super(attempt);
      this.attempt = attempt;
    }

    private synchronized void leave() {
      if (isDone()) {
        giveBack();
      } else {
        left = true;
        hanging.incrementAndGet();
        logger.error("model_load_left thread={} seconds={}", THREAD, limit.toSeconds());
      }
    }

    @Override
    protected synchronized void done() {
      if (left) {
        hanging.decrementAndGet();
        giveBack();
      }
    }

    private void giveBack() {
      try {
        attempt.giveUp(get());
      } catch (ExecutionException e) {
        logger.debug("model_load_failed_late", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
