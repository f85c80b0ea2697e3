// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.kete.container.deploy.pack.RefusedException;
import io.kete.kapua.codec.deploy.DownloadOrder;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.ssl.SslManagerService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** HTTPS: whom a download trusts, and what the refusals say. */
@Timeout(60)
class FetchTlsTest {

  private static final char[] PASSWORD = "store".toCharArray();
  private static final byte[] CONTENT = new byte[50_000];
  private static final Duration DAY = Duration.ofDays(1);

  private static Authority ours;
  private static Authority others;

  @TempDir Path folder;
  private final List<HttpsServer> servers = new ArrayList<>();

  @BeforeAll
  static void makeAuthorities() throws Exception {
    ours = new Authority("ours");
    others = new Authority("others");
  }

  private void serve(KeyStore key) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(key, PASSWORD);
    context.init(keys.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    servers.add(server);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, CONTENT.length);
          exchange.getResponseBody().write(CONTENT);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    servers.forEach(server -> server.stop(0));
  }

  private void fetch(Optional<SslManagerService> tls) throws Exception {
    KuraPayload payload = new KuraPayload();
    payload.addMetric("job.id", 1L);
    int port = servers.get(0).getAddress().getPort();
    payload.addMetric("dp.uri", "https://localhost:" + port + "/p.dp");
    payload.addMetric("dp.name", "p");
    payload.addMetric("dp.version", "1");
    new Fetch(
            DownloadOrder.of(payload),
            new Source(new HttpsTrust(() -> tls)),
            new Fetch.Limits(CONTENT.length, Duration.ofSeconds(20)),
            (have, total) -> {})
        .run(folder.resolve("part"));
  }

  private void refuses(Optional<SslManagerService> tls, String reason) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> fetch(tls))
        .withMessageContaining(reason);
    assertThat(folder.resolve("part")).isEmptyFile();
  }

  @Test
  void fetchesFromAServerThatIsTrusted() throws Exception {
    serve(ours.key("localhost", DAY));
    fetch(trusting(ours));
    assertThat(folder.resolve("part")).hasBinaryContent(CONTENT);
  }

  @Test
  void refusesAServerThatNobodyTrustedHasSigned() throws Exception {
    serve(others.key("localhost", DAY));
    refuses(trusting(ours), "nobody the gateway trusts has signed it");
    refuses(Optional.empty(), "nobody the gateway trusts has signed it");
  }

  @Test
  void refusesAServerOfAnotherName() throws Exception {
    serve(ours.key("packages.example", DAY));
    refuses(trusting(ours), "it is for another name");
  }

  @Test
  void refusesAnExpiredServer() throws Exception {
    serve(ours.key("localhost", DAY.negated()));
    refuses(trusting(ours), "it has expired");
  }

  @Test
  void trustsNobodyWhenTheSettingsCannotBeUsed() throws Exception {
    serve(ours.key("localhost", DAY));
    SslManagerService broken =
        service(
            () -> {
              throw new IOException("there is no keystore (a=b)");
            });
    refuses(Optional.of(broken), "HTTPS is not possible: there is no keystore (a=b)");
  }

  private interface Sockets {
    Object make() throws Exception;
  }

  private static Optional<SslManagerService> trusting(Authority authority) throws Exception {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore store = store();
    store.setCertificateEntry("ca", authority.own);
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return Optional.of(service(context::getSocketFactory));
  }

  private static SslManagerService service(Sockets sockets) {
    return (SslManagerService)
        Proxy.newProxyInstance(
            SslManagerService.class.getClassLoader(),
            new Class<?>[] {SslManagerService.class},
            (proxy, method, arguments) -> sockets.make());
  }

  private static KeyStore store() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static final class Authority {

    private final KeyPair pair = pair();
    private final X500Name name;
    private final X509Certificate own;

    Authority(String name) throws Exception {
      this.name = new X500Name("CN=" + name);
      this.own = signed(pair, this.name, DAY, true);
    }

    KeyStore key(String host, Duration left) throws Exception {
      KeyPair key = pair();
      X509Certificate certificate = signed(key, new X500Name("CN=" + host), left, false);
      KeyStore store = store();
      store.setKeyEntry("key", key.getPrivate(), PASSWORD, new Certificate[] {certificate});
      return store;
    }

    private static KeyPair pair() throws Exception {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    }

    private X509Certificate signed(KeyPair key, X500Name subject, Duration left, boolean authority)
        throws Exception {
      Instant end = Instant.now().plus(left);
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              name,
              BigInteger.valueOf(System.nanoTime()),
              Date.from(end.minus(Duration.ofDays(30))),
              Date.from(end),
              subject,
              key.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      String host = subject.toString().substring("CN=".length());
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
    }
  }
}
