// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import static io.kete.container.cloud.MqttDataTransport.PID;

import io.kete.kapua.codec.ClientId;
import io.kete.kapua.codec.KapuaAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Checked configuration of the transport. The password is not among it: it is asked for when
 * connecting.
 */
record TransportSettings(
    BrokerAddress broker,
    String account,
    ClientId clientId,
    String username,
    int keepAliveSeconds,
    Duration limit,
    boolean cleanSession,
    Will will,
    int mqttVersion,
    int maxInflight) {

  private static final Duration SHORTEST_LIMIT = Duration.ofSeconds(30);

  /**
   * What the broker says when the connection breaks.
   *
   * @param topic empty for no will
   */
  record Will(String topic, String payload, int qos, boolean retain) {

    byte[] bytes() {
      return payload.getBytes(StandardCharsets.UTF_8);
    }
  }

  static TransportSettings of(TransportConfig config, String macAddress) {
    ClientId clientId = clientId(config.client$_$id(), macAddress);
    KapuaAddress address = address(config.topic_context_account$_$name().strip(), clientId);
    int timeout = Settings.inRange(PID, "timeout", config.timeout(), 1, 600);
    Duration limit =
        timeout < SHORTEST_LIMIT.toSeconds() ? SHORTEST_LIMIT : Duration.ofSeconds(timeout);
    return new TransportSettings(
        broker(config.broker$_$url()),
        address.account(),
        clientId,
        config.username().strip(),
        Settings.inRange(PID, "keep-alive", config.keep$_$alive(), 1, 65_535),
        limit,
        config.clean$_$session(),
        will(config, address),
        Settings.inRange(PID, "protocol-version", config.protocol$_$version(), 3, 4),
        Settings.inRange(PID, "kete.max-inflight", config.kete_max$_$inflight(), 1, 60_000));
  }

  private static BrokerAddress broker(String url) {
    try {
      return BrokerAddress.parse(url);
    } catch (IllegalArgumentException e) {
      throw Settings.wrong(PID, "broker-url", String.valueOf(e.getMessage()));
    }
  }

  private static ClientId clientId(String configured, String macAddress) {
    String text = configured.isBlank() ? macAddress : configured;
    if (text.isBlank()) {
      throw Settings.wrong(
          PID,
          "client-id",
          "must be set: no network interface with an address was found to take it from");
    }
    try {
      return ClientId.configured(text);
    } catch (IllegalArgumentException e) {
      throw Settings.wrong(PID, "client-id", String.valueOf(e.getMessage()));
    }
  }

  private static KapuaAddress address(String account, ClientId clientId) {
    try {
      return new KapuaAddress(KapuaAddress.DEFAULT_CONTROL_PREFIX, account, clientId);
    } catch (IllegalArgumentException e) {
      throw Settings.wrong(PID, "topic.context.account-name", String.valueOf(e.getMessage()));
    }
  }

  private static Will will(TransportConfig config, KapuaAddress address) {
    String topic = address.resolve(config.lwt_topic().strip());
    if (topic.indexOf('#') >= 0 || topic.indexOf('+') >= 0) {
      throw Settings.wrong(
          PID, "lwt.topic", "holds no + or # except the tokens #account-name and #client-id");
    }
    return new Will(
        topic,
        config.lwt_payload(),
        Settings.inRange(PID, "lwt.qos", config.lwt_qos(), 0, 2),
        config.lwt_retain());
  }
}
