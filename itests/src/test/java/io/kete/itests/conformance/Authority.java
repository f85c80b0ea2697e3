// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.conformance;

import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority, and what it signs, as brokers, servers and gateways take it. */
final class Authority {

  static final String PASSWORD = "store";
  static final Duration VALID = Duration.ofDays(1);
  static final Duration EXPIRED = Duration.ofDays(-1);

  private final KeyPair pair = pair();
  private final X500Name name;
  private final X509Certificate own;

  /** A key with its certificate. */
  record Identity(PrivateKey key, X509Certificate certificate) {

    /** Writes both as PEM files {@code <name>.crt} and {@code <name>.key}. */
    void write(Path folder, String name) throws Exception {
      Files.writeString(
          folder.resolve(name + ".crt"), pem("CERTIFICATE", certificate.getEncoded()));
      Files.writeString(folder.resolve(name + ".key"), pem("PRIVATE KEY", key.getEncoded()));
    }

    /** For a server that shows this certificate. */
    SSLContext context() throws Exception {
      KeyStore store = store();
      char[] password = PASSWORD.toCharArray();
      store.setKeyEntry("server", key, password, new Certificate[] {certificate});
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    }
  }

  Authority(String name) throws Exception {
    this.name = new X500Name("CN=" + name);
    this.own = signed(pair, this.name, VALID, true);
  }

  /** The certificate of the authority as a PEM file. */
  void write(Path file) throws Exception {
    Files.writeString(file, pem("CERTIFICATE", own.getEncoded()));
  }

  Identity identity(String host, Duration left) throws Exception {
    KeyPair key = pair();
    return new Identity(key.getPrivate(), signed(key, new X500Name("CN=" + host), left, false));
  }

  /** A keystore file that trusts this authority and holds a key, if there is one. */
  void keystore(Path file, Identity... keys) throws Exception {
    KeyStore store = store();
    store.setCertificateEntry("ca", own);
    for (Identity key : keys) {
      store.setKeyEntry(
          "gateway", key.key(), PASSWORD.toCharArray(), new Certificate[] {key.certificate(), own});
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
  }

  private static KeyStore store() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static KeyPair pair() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }

  private static String pem(String what, byte[] der) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der));
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
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(
            new GeneralName(GeneralName.dNSName, subject.toString().substring("CN=".length()))));
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
  }
}
