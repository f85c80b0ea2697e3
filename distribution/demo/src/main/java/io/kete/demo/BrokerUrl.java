// SPDX-License-Identifier: EPL-2.0
package io.kete.demo;

import io.kete.demo.centre.Subscriber.Login;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** An existing broker: {@code tcp://[user:password@]host[:port]}. */
record BrokerUrl(String host, int port, Optional<Login> login) {

  private static final int STANDARD_PORT = 1883;

  static BrokerUrl parse(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("is not a URL: " + e.getReason(), e);
    }
    boolean plain = "tcp".equals(uri.getScheme()) || "mqtt".equals(uri.getScheme());
    if (!plain || uri.getHost() == null) {
      throw new IllegalArgumentException(
          "has to be tcp://host:port or tcp://user:password@host:port; TLS cannot pass the line that the demo cuts");
    }
    int port = uri.getPort() < 0 ? STANDARD_PORT : uri.getPort();
    return new BrokerUrl(
        uri.getHost(), port, login(uri.getUserInfo() == null ? "" : uri.getUserInfo()));
  }

  private static Optional<Login> login(String userInfo) {
    if (userInfo.isEmpty()) {
      return Optional.empty();
    }
    int colon = userInfo.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("needs user:password before the @");
    }
    return Optional.of(new Login(userInfo.substring(0, colon), userInfo.substring(colon + 1)));
  }

  String url() {
    return "tcp://" + host + ":" + port;
  }
}
