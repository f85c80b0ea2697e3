// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import io.kete.kapua.codec.ClientId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.kura.ssl.SslManagerService;
import org.jspecify.annotations.Nullable;

/** The components of this bundle, put together as the framework would. */
final class Gateway implements AutoCloseable {

  final MqttDataTransport transport;
  final MqttDataService data;
  final KapuaCloudService cloud;
  final StillSurroundings surroundings = new StillSurroundings();

  Gateway(int port, String clientId) {
    this(port, clientId, Duration.ofSeconds(10), 500);
  }

  Gateway(int port, String clientId, Duration limit, int maxInflight) {
    this(new BrokerAddress("127.0.0.1", port, false), clientId, null, limit, maxInflight);
  }

  Gateway(BrokerAddress broker, String clientId, SslManagerService tls) {
    this(broker, clientId, tls, Duration.ofSeconds(10), 500);
  }

  private Gateway(
      BrokerAddress broker,
      String clientId,
      @Nullable SslManagerService tls,
      Duration limit,
      int maxInflight) {
    TransportSettings.Will will =
        new TransportSettings.Will("$EDC/acme/" + clientId + "/MQTT/LWT", "", 0, false);
    transport =
        new MqttDataTransport(
            new TransportSettings(
                broker,
                "acme",
                new ClientId(clientId),
                "user",
                30,
                limit,
                true,
                will,
                4,
                maxInflight),
            "secret".toCharArray(),
            tls);
    data =
        new MqttDataService(
            new LinkSettings(
                true, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(30)),
            transport);
    cloud =
        new KapuaCloudService(
            new CloudSettings("custom", "Pump house", "$EDC", true, true),
            data,
            new DeviceFacts(
                null, key -> key == null ? null : System.getProperty(key), Path.of("/")),
            surroundings,
            Duration.ofMillis(300),
            InstantSource.system());
  }

  /** As the framework does it: users before what they use. */
  @Override
  public void close() {
    cloud.deactivate();
    data.deactivate();
    transport.deactivate();
  }

  /** Threads that belong to the bundle or to the MQTT client of that id. */
  static List<String> threads(String clientId) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .map(Thread::getName)
        .filter(
            name ->
                name.startsWith("container.cloud")
                    || (name.startsWith("MQTT") && name.endsWith(clientId)))
        .toList();
  }
}
