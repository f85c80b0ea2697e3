// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Sockets with the configured protocols and ciphers that check the name of the peer. */
final class TlsSockets extends SSLSocketFactory {

  private final SSLSocketFactory sockets;
  private final List<String> protocols;
  private final List<String> ciphers;
  private final boolean verifyHost;

  /**
   * Settings on top of a context's own.
   *
   * @param ciphers empty for those of the context
   */
  TlsSockets(
      SSLSocketFactory sockets, List<String> protocols, List<String> ciphers, boolean verifyHost) {
    this.sockets = sockets;
    this.protocols = protocols;
    this.ciphers = ciphers;
    this.verifyHost = verifyHost;
  }

  private Socket set(Socket socket) {
    if (socket instanceof SSLSocket tls) {
      SSLParameters parameters = tls.getSSLParameters();
      parameters.setProtocols(protocols.toArray(String[]::new));
      if (!ciphers.isEmpty()) {
        parameters.setCipherSuites(ciphers.toArray(String[]::new));
      }
      if (verifyHost) {
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
      }
      tls.setSSLParameters(parameters);
    }
    return socket;
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return ciphers.isEmpty() ? sockets.getDefaultCipherSuites() : ciphers.toArray(String[]::new);
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return sockets.getSupportedCipherSuites();
  }

  @Override
  public Socket createSocket() throws IOException {
    return set(sockets.createSocket());
  }

  @Override
  public Socket createSocket(Socket plain, String host, int port, boolean autoClose)
      throws IOException {
    return set(sockets.createSocket(plain, host, port, autoClose));
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return set(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return set(sockets.createSocket(host, port, localHost, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return set(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
      throws IOException {
    return set(sockets.createSocket(address, port, localAddress, localPort));
  }
}
