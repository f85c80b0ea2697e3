// SPDX-License-Identifier: EPL-2.0
package io.kete.cli.doctor;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Keeps the certificates a server shows. It judges nobody, and nothing is ever sent over such a
 * connection: it is closed after the handshake.
 */
final class Recorded extends X509ExtendedTrustManager {

  private final List<X509Certificate> chain = new CopyOnWriteArrayList<>();

  List<X509Certificate> chain() {
    return chain;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] shown, String type) {
    chain.addAll(List.of(shown));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] shown, String type, Socket socket) {
    checkServerTrusted(shown, type);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] shown, String type, SSLEngine engine) {
    checkServerTrusted(shown, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] shown, String type) throws CertificateException {
    throw new CertificateException("no client is expected");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] shown, String type, Socket socket)
      throws CertificateException {
    checkClientTrusted(shown, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] shown, String type, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(shown, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
