// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority and what it signs. */
final class Certificates {

  static final char[] PASSWORD = "store".toCharArray();

  private static final AtomicLong SERIAL = new AtomicLong(1);

  private final KeyPair pair = pair();
  private final X500Name name;
  private final X509Certificate own;

  Certificates(String name) throws Exception {
    this.name = new X500Name("CN=" + name);
    this.own = signed(this.name, pair, "", Instant.now().plus(Duration.ofDays(2)), true);
  }

  X509Certificate authority() {
    return own;
  }

  /** A store with a key whose certificate is for that host. */
  KeyStore key(String host) throws Exception {
    return key(host, Instant.now().plus(Duration.ofDays(1)));
  }

  KeyStore key(String host, Instant end) throws Exception {
    KeyPair key = pair();
    X509Certificate certificate = signed(new X500Name("CN=" + host), key, host, end, false);
    KeyStore store = store();
    store.setKeyEntry("key", key.getPrivate(), PASSWORD, new Certificate[] {certificate, own});
    return store;
  }

  /** A store that trusts this authority and holds no key. */
  KeyStore trust() throws Exception {
    KeyStore store = store();
    store.setCertificateEntry("ca", own);
    return store;
  }

  static KeyStore store() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static KeyPair pair() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }

  private X509Certificate signed(
      X500Name subject, KeyPair key, String host, Instant end, boolean authority) throws Exception {
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            BigInteger.valueOf(SERIAL.getAndIncrement()),
            Date.from(end.minus(Duration.ofDays(30))),
            Date.from(end),
            subject,
            key.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
    if (!host.isEmpty()) {
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
    }
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
  }
}
