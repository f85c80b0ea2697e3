// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where the broker is.
 *
 * @param host name or address, IPv6 in brackets
 * @param port TCP port
 * @param tls whether the connection is protected
 */
record BrokerAddress(String host, int port, boolean tls) {

  static BrokerAddress parse(String url) {
    try {
      URI uri = new URI(url.strip());
      String scheme = String.valueOf(uri.getScheme());
      boolean tls = scheme.equals("mqtts") || scheme.equals("ssl");
      if (!tls && !scheme.equals("mqtt") && !scheme.equals("tcp")) {
        throw new IllegalArgumentException("scheme is mqtt or mqtts, not " + scheme);
      }
      if (uri.getHost() == null || uri.getUserInfo() != null) {
        throw new IllegalArgumentException("expected mqtt://host:port or mqtts://host:port");
      }
      int standardPort = tls ? 8883 : 1883;
      return new BrokerAddress(
          uri.getHost(), uri.getPort() < 0 ? standardPort : uri.getPort(), tls);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a URL: " + e.getReason(), e);
    }
  }

  /** As the MQTT client wants it. */
  String serverUri() {
    return (tls ? "ssl://" : "tcp://") + host + ":" + port;
  }

  @Override
  public String toString() {
    return (tls ? "mqtts://" : "mqtt://") + host + ":" + port;
  }
}
