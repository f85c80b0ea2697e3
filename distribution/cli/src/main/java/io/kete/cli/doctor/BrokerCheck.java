// SPDX-License-Identifier: EPL-2.0
package io.kete.cli.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * Whether each broker can be reached; with TLS also whether its certificate is valid in time. Who
 * it is trusted by is judged by the gateway when it connects: only the gateway can open its
 * keystores.
 */
record BrokerCheck(Configured configured, boolean connected, Clock clock) implements Check {

  private static final int LIMIT_MILLIS = 5_000;
  private static final int PLAIN = 1883;
  private static final int TLS = 8883;

  @Override
  public String name() {
    return "broker";
  }

  @Override
  public List<Finding> look() {
    List<String> urls = configured.values(Configured.TRANSPORT, "broker-url");
    if (urls.isEmpty()) {
      return List.of(
          Finding.warn(name(), "none is configured", "set broker-url of MqttDataTransport"));
    }
    if (connected) {
      return List.of(Finding.ok(name(), "the gateway is connected"));
    }
    List<Finding> findings = new ArrayList<>();
    urls.forEach(url -> findings.add(judge(url)));
    return findings;
  }

  private Finding judge(String url) {
    Optional<URI> broker = uri(url);
    if (broker.isEmpty()) {
      return Finding.fail(
          name(), "broker-url is no address", "write mqtt://HOST:PORT or mqtts://HOST:PORT");
    }
    URI uri = broker.get();
    boolean tls = List.of("mqtts", "ssl", "wss").contains(uri.getScheme());
    int port = uri.getPort() > 0 ? uri.getPort() : tls ? TLS : PLAIN;
    String place = uri.getHost() + ":" + port;
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(uri.getHost(), port), LIMIT_MILLIS);
      return tls ? judgeTls(socket, uri.getHost(), port) : Finding.ok(name(), place + " answers");
    } catch (UnknownHostException e) {
      return Finding.fail(
          name(), uri.getHost() + " has no address", "check the name, and the DNS of this machine");
    } catch (SSLException e) {
      return Finding.fail(
          name(),
          place + " speaks no TLS: " + e.getMessage(),
          "check port and scheme of broker-url");
    } catch (IOException e) {
      return Finding.fail(
          name(),
          place + " cannot be reached: " + e.getMessage(),
          "check cable, route, firewall, and whether the broker runs; data is kept meanwhile");
    }
  }

  private static Optional<URI> uri(String url) {
    try {
      return Optional.of(URI.create(url)).filter(uri -> uri.getHost() != null);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Finding judgeTls(Socket plain, String host, int port) throws IOException {
    Recorded recorded = new Recorded();
    plain.setSoTimeout(LIMIT_MILLIS);
    try (SSLSocket socket =
        (SSLSocket) context(recorded).getSocketFactory().createSocket(plain, host, port, true)) {
      socket.startHandshake();
    } catch (SSLException e) {
      if (recorded.chain().isEmpty()) {
        throw e;
      } // it asks for our certificate; what is looked at here came before
    }
    String place = host + ":" + port;
    for (X509Certificate certificate : recorded.chain()) {
      Instant now = clock.instant();
      if (now.isAfter(certificate.getNotAfter().toInstant())
          || now.isBefore(certificate.getNotBefore().toInstant())) {
        return Finding.fail(
            name(),
            place
                + " shows a certificate that is valid from "
                + certificate.getNotBefore().toInstant()
                + " to "
                + certificate.getNotAfter().toInstant(),
            "is the clock of this machine right? Else the broker needs a new one");
      }
    }
    return Finding.ok(name(), place + " answers, its certificate is valid in time");
  }

  private static SSLContext context(Recorded recorded) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {recorded}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has TLS", e);
    }
  }
}
