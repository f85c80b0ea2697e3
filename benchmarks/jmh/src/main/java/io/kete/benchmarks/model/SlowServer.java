// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.model;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Serves the files of a folder over HTTP, as fast as it can or as fast as a link of a site is. */
final class SlowServer implements AutoCloseable {

  private static final int PIECE = 1 << 14;
  private static final int BITS = 8;

  private final Path folder;
  private final HttpServer server;
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Semaphore pieces = new Semaphore(0);
  private volatile boolean slow;

  /**
   * Starts it.
   *
   * @param bitsPerSecond rate while it is slow
   */
  SlowServer(Path folder, long bitsPerSecond) throws IOException {
    this.folder = folder;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::serve);
    server.setExecutor(workers);
    server.start();
    long nanos = TimeUnit.SECONDS.toNanos(PIECE * BITS) / bitsPerSecond;
    var unused = timer.scheduleAtFixedRate(this::tick, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** What was not used in its time is lost, but for one piece. */
  private void tick() {
    if (pieces.availablePermits() == 0) {
      pieces.release();
    }
  }

  void slow(boolean wanted) {
    slow = wanted;
  }

  String uri(Path file) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + file.getFileName();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String name = exchange.getRequestURI().getPath().substring(1).replace('/', '-');
      byte[] bytes = Files.readAllBytes(folder.resolve(name));
      exchange.sendResponseHeaders(200, bytes.length);
      OutputStream out = exchange.getResponseBody();
      for (int first = 0; first < bytes.length; first += PIECE) {
        if (slow) {
          pieces.acquireUninterruptibly();
        }
        out.write(bytes, first, Math.min(PIECE, bytes.length - first));
        out.flush();
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
    timer.shutdownNow();
  }
}
