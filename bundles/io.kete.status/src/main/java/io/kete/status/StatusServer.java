// SPDX-License-Identifier: EPL-2.0
package io.kete.status;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server on the loopback address. A port that is taken is tried again, for the one who has
 * it may be about to go.
 */
final class StatusServer implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(StatusServer.class);
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int THREADS = 2;
  private static final int WAITING = 32;
  private static final long KEEP_SECONDS = 10;
  private static final long AGAIN_SECONDS = 2;
  private static final long STOP_SECONDS = 5;

  private final int wanted;
  private final PortFile file;
  private final HttpHandler handler;
  private final AtomicInteger number = new AtomicInteger();
  private final ScheduledThreadPoolExecutor opener =
      new ScheduledThreadPoolExecutor(1, task -> thread(task, "status-1"));
  private final ThreadPoolExecutor workers =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          KEEP_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(WAITING),
          task -> thread(task, "status-http-" + number.incrementAndGet()));

  private @Nullable HttpServer server;
  private @Nullable Future<?> again;
  private boolean complained;
  private boolean closed;

  StatusServer(int wanted, PortFile file, HttpHandler handler) {
    this.wanted = wanted;
    this.file = file;
    this.handler = handler;
    opener.setKeepAliveTime(1, TimeUnit.SECONDS);
    opener.allowCoreThreadTimeOut(true);
    opener.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    workers.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(Runnable task, String name) {
    Thread made = new Thread(task, name);
    made.setDaemon(true);
    return made;
  }

  void open() {
    opener.execute(this::tryToOpen);
  }

  private synchronized void tryToOpen() {
    if (closed) {
      return;
    }
    try {
      HttpServer made =
          HttpServer.create(
              new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), wanted), WAITING);
      made.createContext("/", handler);
      made.setExecutor(workers);
      made.start();
      server = made;
      int port = made.getAddress().getPort();
      file.write(port);
      logger.info("status_page_opened url=http://127.0.0.1:{}/", port);
    } catch (BindException taken) {
      if (!complained) {
        complained = true;
        logger.warn(
            "status_port_taken pid={} key=port port={} retry_seconds={}",
            StatusPage.PID,
            wanted,
            AGAIN_SECONDS);
      }
      again = opener.schedule(this::tryToOpen, AGAIN_SECONDS, TimeUnit.SECONDS);
    } catch (IOException failed) {
      logger.error("status_page_failed reason=\"{}\"", failed.getMessage(), failed);
    }
  }

  synchronized Optional<Integer> port() {
    return Optional.ofNullable(server).map(open -> open.getAddress().getPort());
  }

  @Override
  public void close() {
    opener.shutdown();
    stop();
    workers.shutdownNow();
    try {
      opener.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
      workers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void stop() {
    closed = true;
    if (again != null) {
      again.cancel(false);
    }
    HttpServer open = server;
    if (open == null) {
      return;
    }
    open.stop(0);
    server = null;
    try {
      file.delete();
    } catch (IOException left) {
      logger.warn("status_port_file_left reason=\"{}\"", left.getMessage());
    }
  }
}
