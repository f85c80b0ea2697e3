// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread of a slot, which loads, proves and closes models. It ends while there is no work. */
final class SlotThread implements Executor, AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(SlotThread.class);
  private static final long IDLE_SECONDS = 10;
  private static final long STOP_SECONDS = 5;

  private final String name;
  private final ThreadPoolExecutor executor;

  SlotThread(String name) {
    this.name = name;
    executor =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            },
            // a lease that comes back after the end closes its session itself
            (task, stopped) -> task.run());
    executor.allowCoreThreadTimeOut(true);
  }

  @Override
  public void execute(Runnable task) {
    executor.execute(task);
  }

  @Override
  public void close() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        logger.warn("slot_thread_still_busy thread={}", name);
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
