// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A key pair and a certificate, made for tests. */
public record Identity(KeyPair keys, X509Certificate certificate) {

  public static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  public static final Instant UNTIL = Instant.parse("2027-01-01T00:00:00Z");

  private static final Map<String, KeyPair> RSA_KEYS = new ConcurrentHashMap<>();

  /** Elliptic curve P-256, signed by itself, valid in 2026. */
  public static Identity ec(String name) {
    return ec(name, FROM, UNTIL);
  }

  public static Identity ec(String name, Instant from, Instant until) {
    KeyPair pair = pair("EC", new ECGenParameterSpec("secp256r1"));
    return new Identity(
        pair,
        certificate(
            name,
            pair,
            name,
            pair,
            from,
            until,
            KeyUsage.keyAgreement | KeyUsage.digitalSignature));
  }

  public static Identity ec(String name, String curve, int usage) {
    KeyPair pair = pair("EC", new ECGenParameterSpec(curve));
    return new Identity(pair, certificate(name, pair, name, pair, FROM, UNTIL, usage));
  }

  /** RSA, signed by itself, valid in 2026; the pair of each name and size is made once. */
  public static Identity rsa(String name, int bits) {
    KeyPair pair =
        RSA_KEYS.computeIfAbsent(
            name + bits,
            key -> pair("RSA", new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4)));
    return new Identity(
        pair, certificate(name, pair, name, pair, FROM, UNTIL, KeyUsage.keyEncipherment));
  }

  /** Another one, signed by this one. */
  public Identity issue(String name) {
    KeyPair pair = pair("EC", new ECGenParameterSpec("secp256r1"));
    String issuer = certificate.getSubjectX500Principal().getName().substring(3);
    return new Identity(
        pair,
        certificate(
            name,
            pair,
            issuer,
            keys,
            FROM,
            UNTIL,
            KeyUsage.digitalSignature | KeyUsage.keyAgreement));
  }

  public String pem() {
    return pem("CERTIFICATE", encoded());
  }

  public String keyPem() {
    return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
  }

  public void store(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, pem());
  }

  public String fingerprint() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(encoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public byte[] encoded() {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A list of this issuer that revokes certificates. */
  public byte[] revoke(Identity... revoked) {
    try {
      JcaX509v2CRLBuilder builder =
          new JcaX509v2CRLBuilder(certificate.getSubjectX500Principal(), Date.from(FROM));
      for (Identity one : revoked) {
        builder.addCRLEntry(one.certificate.getSerialNumber(), Date.from(FROM), 0);
      }
      return builder.build(signer(keys)).getEncoded();
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A detached signature. */
  public byte[] sign(String content) {
    try {
      CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
      generator.addSignerInfoGenerator(
          new JcaSimpleSignerInfoGeneratorBuilder()
              .build("SHA256withECDSA", keys.getPrivate(), certificate));
      generator.addCertificates(new JcaCertStore(List.of(certificate)));
      byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
      return generator.generate(new CMSProcessableByteArray(bytes), false).getEncoded();
    } catch (CMSException | IOException | OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String kind, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n";
  }

  private static KeyPair pair(String algorithm, AlgorithmParameterSpec parameters) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(parameters);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509Certificate certificate(
      String name,
      KeyPair pair,
      String issuer,
      KeyPair issuerPair,
      Instant from,
      Instant until,
      int usage) {
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              new X500Principal("CN=" + issuer),
              new BigInteger(64, new SecureRandom()),
              Date.from(from),
              Date.from(until),
              new X500Principal("CN=" + name),
              pair.getPublic());
      builder.addExtension(
          Extension.keyUsage,
          true,
          new KeyUsage(usage | (pair == issuerPair ? KeyUsage.keyCertSign : 0)));
      builder.addExtension(
          Extension.basicConstraints, true, new BasicConstraints(pair == issuerPair));
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer(issuerPair)));
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ContentSigner signer(KeyPair pair) throws OperatorCreationException {
    boolean rsa = pair.getPrivate().getAlgorithm().equals("RSA");
    return new JcaContentSignerBuilder(rsa ? "SHA256withRSA" : "SHA256withECDSA")
        .build(pair.getPrivate());
  }
}
