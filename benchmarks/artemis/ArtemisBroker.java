// SPDX-License-Identifier: EPL-2.0
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/**
 * Apache ActiveMQ Artemis as an MQTT broker, which is what Kapua builds on. Prints {@code broker
 * port=N}; the end of its input ends it.
 */
public final class ArtemisBroker {

  private ArtemisBroker() {}

  /** Runs until the input ends. */
  public static void main(String[] args) throws Exception {
    int port = freePort();
    Configuration configuration =
        new ConfigurationImpl()
            .setPersistenceEnabled(false)
            .setSecurityEnabled(false)
            .addAcceptorConfiguration("mqtt", "tcp://127.0.0.1:" + port + "?protocols=MQTT");
    EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    broker.setConfiguration(configuration);
    broker.start();
    System.out.println("broker port=" + port);
    while (System.in.read() >= 0) {
      // what is said means nothing
    }
    broker.stop();
    System.exit(0);
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }
}
