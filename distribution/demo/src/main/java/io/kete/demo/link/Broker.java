// SPDX-License-Identifier: EPL-2.0
package io.kete.demo.link;

import io.kete.demo.Lines;
import io.moquette.broker.Server;
import io.moquette.broker.config.IConfig;
import io.moquette.broker.config.MemoryConfig;
import java.io.IOException;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An MQTT broker in memory on the loopback interface. Prints {@code broker port=N}; the end of its
 * input ends it.
 */
public final class Broker implements AutoCloseable {

  private static final int MAX_MESSAGE_BYTES = 4 << 20;
  private static final long LOOK_MILLIS = 5;
  private static final long START_SECONDS = 10;
  private static final int SESSION_QUEUE = 8192;

  private final Server server = new Server();

  /** Starts it; port 0 means any free one. */
  public Broker(int port) throws IOException {
    Properties properties = new Properties();
    properties.setProperty(IConfig.HOST_PROPERTY_NAME, "127.0.0.1");
    properties.setProperty(IConfig.PORT_PROPERTY_NAME, Integer.toString(port));
    properties.setProperty(IConfig.ALLOW_ANONYMOUS_PROPERTY_NAME, "true");
    properties.setProperty(IConfig.PERSISTENCE_ENABLED_PROPERTY_NAME, "false");
    properties.setProperty(IConfig.ENABLE_TELEMETRY_NAME, "false");
    properties.setProperty(IConfig.BUFFER_FLUSH_MS_PROPERTY_NAME, "0");
    properties.setProperty(
        IConfig.NETTY_MAX_BYTES_PROPERTY_NAME, Integer.toString(MAX_MESSAGE_BYTES));
    properties.setProperty(IConfig.SESSION_QUEUE_SIZE, Integer.toString(SESSION_QUEUE));
    server.startServer(new MemoryConfig(properties));
    awaitPort();
  }

  /** The broker learns a free port a moment after it said that it had started. */
  private void awaitPort() throws IOException {
    CompletableFuture<Integer> known = new CompletableFuture<>();
    ScheduledExecutorService looks =
        Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "broker-port"));
    try {
      var unused =
          looks.scheduleWithFixedDelay(() -> look(known), 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
      known.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      server.stopServer();
      throw new IOException("the broker has no port after " + START_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      server.stopServer();
      throw new IOException("interrupted while the broker started", e);
    } finally {
      looks.shutdownNow();
    }
  }

  private void look(CompletableFuture<Integer> known) {
    if (server.getPort() > 0) {
      known.complete(server.getPort());
    }
  }

  /** Port it listens on. */
  public int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.stopServer();
  }

  /** Runs until the input ends; the only argument is the port. */
  public static void main(String[] args) throws IOException, InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    try (Broker broker = new Broker(args.length > 0 ? Integer.parseInt(args[0]) : 0)) {
      System.out.println("broker port=" + broker.port());
      Lines.read("broker-commands", System.in, line -> {}, ended::countDown);
      ended.await();
    }
  }
}
