// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kete.container.cloud.TlsSettings.Revocation;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.kura.security.keystore.KeystoreService;
import org.eclipse.kura.ssl.SslManagerService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS against a peer with real certificates: who is accepted, and what the refusals say. */
class TlsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final byte[] CONNACK_OK = {0x20, 2, 0, 0};

  private static Certificates ours;
  private static Certificates others;

  @BeforeAll
  static void makeAuthorities() throws Exception {
    ours = new Certificates("our authority");
    others = new Certificates("another authority");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void connectsWithACertificateOfItsOwn(String protocol) throws Exception {
    KeyStore client = ours.key("gateway");
    client.setCertificateEntry("ca", ours.authority());
    try (TlsPeer peer = new TlsPeer(ours.key("localhost"), true);
        Gateway gateway = gateway(peer, tls(protocol, true, keystore(client)), "tls-good")) {
      await().atMost(PATIENCE).until(gateway.cloud::isConnected);
      assertThat(peer.sessions).containsExactly(protocol + " CN=gateway");
    }
  }

  @Tag("KETE-CONN-6")
  @Test
  void refusesABrokerThatNobodyTrustedHasSigned() throws Exception {
    try (TlsPeer peer = new TlsPeer(others.key("localhost"), false);
        Gateway gateway = gateway(peer, trusting(), "tls-ca")) {
      awaitProblem(gateway, "tls_untrusted: ", "certificate authority");
      assertThat(peer.sessions).isEmpty();
    }
  }

  @Test
  void refusesABrokerOfAnotherName() throws Exception {
    try (TlsPeer peer = new TlsPeer(ours.key("broker.example"), false);
        Gateway gateway = gateway(peer, trusting(), "tls-host")) {
      awaitProblem(gateway, "tls_host_name: ", "broker-url");
      assertThat(peer.sessions).isEmpty();
    }
  }

  @Test
  void acceptsABrokerOfAnotherNameOnlyWhenToldSo() throws Exception {
    try (TlsPeer peer = new TlsPeer(ours.key("broker.example"), false);
        Gateway gateway = gateway(peer, tls("", false, keystore(ours.trust())), "tls-any-host")) {
      await().atMost(PATIENCE).until(gateway.cloud::isConnected);
    }
  }

  @Test
  void refusesAnExpiredBroker() throws Exception {
    Instant yesterday = Instant.now().minus(Duration.ofDays(1));
    try (TlsPeer peer = new TlsPeer(ours.key("localhost", yesterday), false);
        Gateway gateway = gateway(peer, trusting(), "tls-expired")) {
      awaitProblem(gateway, "tls_expired: ", "renew");
      assertThat(peer.sessions).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void namesTheMissingCertificateOfItsOwn(String protocol) throws Exception {
    try (TlsPeer peer = new TlsPeer(ours.key("localhost"), true);
        Gateway gateway =
            gateway(peer, tls(protocol, true, keystore(ours.trust())), "tls-client")) {
      awaitProblem(gateway, "tls_client_certificate: ", "KeystoreService.target");
    }
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(Gateway.threads("tls-client")).isEmpty());
  }

  @Test
  void namesAKeystoreThatIsNotThereAndOneWithoutTrust() throws Exception {
    try (TlsPeer peer = new TlsPeer(ours.key("localhost"), false);
        Gateway none = gateway(peer, tls("", true, null), "tls-none");
        Gateway empty = gateway(peer, tls("", true, keystore(ours.key("x"))), "tls-empty")) {
      awaitProblem(none, "keystore: ", "there is no keystore (a=key)");
      awaitProblem(empty, "keystore: ", "no trusted certificate");
    }
  }

  @Test
  void refusesACertificateOfWhichNobodySaysWhetherItWasRevoked() throws Exception {
    KeystoreService store = keystore(ours.trust());
    TlsSettings settings =
        new TlsSettings(
            List.of("TLSv1.3"), List.of(), true, Revocation.CRL_ONLY, "(a=trust)", "(a=key)");
    try (TlsPeer peer = new TlsPeer(ours.key("localhost"), false);
        Gateway gateway =
            gateway(peer, new KeystoreTls(settings, store, store), "tls-revocation")) {
      awaitProblem(gateway, "tls_revocation_unknown: ", "revocation list");
    }
  }

  private static SslManagerService trusting() throws Exception {
    return tls("", true, keystore(ours.trust()));
  }

  private static KeystoreTls tls(
      String protocol, boolean verifyHost, @Nullable KeystoreService store) {
    return new KeystoreTls(
        new TlsSettings(
            TlsSettings.protocols(protocol),
            List.of(),
            verifyHost,
            Revocation.OFF,
            "(a=trust)",
            "(a=key)"),
        store,
        store);
  }

  private static Gateway gateway(TlsPeer peer, SslManagerService tls, String clientId) {
    return new Gateway(new BrokerAddress("localhost", peer.port(), true), clientId, tls);
  }

  private static void awaitProblem(Gateway gateway, String... parts) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(gateway.cloud.status().problems())
                    .singleElement()
                    .asString()
                    .contains(parts));
    assertThat(gateway.cloud.isConnected()).isFalse();
  }

  private static KeystoreService keystore(KeyStore store) {
    return (KeystoreService)
        Proxy.newProxyInstance(
            KeystoreService.class.getClassLoader(),
            new Class<?>[] {KeystoreService.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getKeyStore" -> store;
                  case "getKeyManagers" -> List.of(keys(store).getKeyManagers());
                  case "getCRLStore" ->
                      java.security.cert.CertStore.getInstance(
                          "Collection", new java.security.cert.CollectionCertStoreParameters());
                  default -> throw new AssertionError(method.getName());
                });
  }

  private static KeyManagerFactory keys(KeyStore store) throws Exception {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, Certificates.PASSWORD);
    return factory;
  }

  /** A TLS server that says yes to each MQTT connection whose handshake it likes. */
  private static final class TlsPeer implements AutoCloseable {

    final List<String> sessions = new CopyOnWriteArrayList<>();
    private final SSLServerSocket server;

    TlsPeer(KeyStore key, boolean wantsCertificate) throws Exception {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(ours.trust());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(key).getKeyManagers(), trust.getTrustManagers(), null);
      server =
          (SSLServerSocket)
              context
                  .getServerSocketFactory()
                  .createServerSocket(0, 50, InetAddress.getByName("localhost"));
      server.setNeedClientAuth(wantsCertificate);
      Thread thread = new Thread(this::serve, "tls-peer");
      thread.setDaemon(true);
      thread.start();
    }

    int port() {
      return server.getLocalPort();
    }

    private void serve() {
      while (!server.isClosed()) {
        try (Socket socket = server.accept()) {
          greet((SSLSocket) socket);
        } catch (IOException refused) {
          // the next connection, or the end of the test
        }
      }
    }

    private void greet(SSLSocket socket) throws IOException {
      InputStream in = socket.getInputStream();
      if (in.read() < 0) {
        return;
      }
      String who =
          server.getNeedClientAuth() ? socket.getSession().getPeerPrincipal().getName() : "anyone";
      sessions.add(socket.getSession().getProtocol() + " " + who);
      socket.getOutputStream().write(CONNACK_OK);
      byte[] sink = new byte[4096];
      while (in.read(sink) >= 0) {
        // says nothing more
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
