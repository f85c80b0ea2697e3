// SPDX-License-Identifier: EPL-2.0
package io.kete.demo.link;

import io.kete.demo.Lines;
import io.moquette.broker.Server;
import io.moquette.broker.config.IConfig;
import io.moquette.broker.config.MemoryConfig;
import java.io.IOException;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An MQTT broker in memory on the loopback interface. Prints {@code broker port=N}; the end of its
 * input ends it.
 */
public final class Broker implements AutoCloseable {

  private static final int MAX_MESSAGE_BYTES = 4 << 20;
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

  /** The broker learns a free port only after it said that it had started. */
  private void awaitPort() throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (server.getPort() <= 0) {
      if (System.nanoTime() > end) {
        server.stopServer();
        throw new IOException("the broker has no port after " + START_SECONDS + " s");
      }
      Thread.onSpinWait();
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
