// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import io.moquette.broker.Server;
import io.moquette.broker.config.IConfig;
import io.moquette.broker.config.MemoryConfig;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Properties;

/** A real broker in this process, in memory, on a free port of the loopback interface. */
final class TestBroker implements AutoCloseable {

  private final Server server = new Server();
  private final int port;

  /** Port 0 means any free one. */
  TestBroker(int wanted) throws IOException {
    port = wanted == 0 ? freePort() : wanted;
    Properties properties = new Properties();
    properties.setProperty(IConfig.HOST_PROPERTY_NAME, "127.0.0.1");
    properties.setProperty(IConfig.PORT_PROPERTY_NAME, Integer.toString(port));
    properties.setProperty(IConfig.ALLOW_ANONYMOUS_PROPERTY_NAME, "true");
    properties.setProperty(IConfig.PERSISTENCE_ENABLED_PROPERTY_NAME, "false");
    properties.setProperty(IConfig.ENABLE_TELEMETRY_NAME, "false");
    properties.setProperty(IConfig.BUFFER_FLUSH_MS_PROPERTY_NAME, "0");
    properties.setProperty(IConfig.SESSION_QUEUE_SIZE, "8192");
    server.startServer(new MemoryConfig(properties));
  }

  int port() {
    return port;
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0)) {
      return probe.getLocalPort();
    }
  }

  @Override
  public void close() {
    server.stopServer();
  }
}
