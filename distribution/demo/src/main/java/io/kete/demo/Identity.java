// SPDX-License-Identifier: EPL-2.0
package io.kete.demo;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/**
 * A key on the curve P-256 and the certificate for it, signed with the key itself. Made anew for
 * each run, valid for a day.
 *
 * @param privateKey never given to the gateway
 * @param certificate what the gateway is given
 */
record Identity(PrivateKey privateKey, X509Certificate certificate) {

  private static final Duration VALID = Duration.ofDays(1);
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);
  private static final int SERIAL_BITS = 120;

  /**
   * Makes one.
   *
   * @param commonName for people
   * @param usage bits of {@link KeyUsage}
   */
  static Identity generate(String commonName, int usage, Clock clock)
      throws GeneralSecurityException {
    SecureRandom random = new SecureRandom();
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    KeyPair pair = generator.generateKeyPair();
    Instant now = clock.instant();
    X500Name name = new X500Name("CN=" + commonName);
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              name,
              new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE),
              Date.from(now.minus(CLOCK_SKEW)),
              Date.from(now.plus(VALID)),
              name,
              pair.getPublic());
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
      ContentSigner signer =
          new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
      X509Certificate certificate =
          new JcaX509CertificateConverter().getCertificate(builder.build(signer));
      return new Identity(pair.getPrivate(), certificate);
    } catch (CertIOException | OperatorCreationException e) {
      throw new GeneralSecurityException("the certificate of " + commonName + " cannot be made", e);
    }
  }

  /** Writes the private key, readable for its owner only. */
  void writeKey(Path file) throws IOException {
    Files.deleteIfExists(file);
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    // as PKCS#8, which names the curve; the older form of a key from Java's own provider does not
    Files.writeString(
        file,
        pem(new PemObject("PRIVATE KEY", privateKey.getEncoded())),
        StandardCharsets.US_ASCII);
  }

  void writeCertificate(Path file) throws IOException {
    Files.writeString(file, pem(certificate), StandardCharsets.US_ASCII);
  }

  /** A detached CMS signature of the content, in DER. */
  byte[] sign(byte[] content) throws GeneralSecurityException, IOException {
    try {
      ContentSigner signer = new JcaContentSignerBuilder("SHA256withECDSA").build(privateKey);
      DigestCalculatorProvider digests = new JcaDigestCalculatorProviderBuilder().build();
      CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
      generator.addSignerInfoGenerator(
          new JcaSignerInfoGeneratorBuilder(digests).build(signer, certificate));
      return generator.generate(new CMSProcessableByteArray(content), false).getEncoded("DER");
    } catch (CMSException | OperatorCreationException e) {
      throw new GeneralSecurityException("the document cannot be signed", e);
    }
  }

  private static String pem(Object object) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    }
    return text.toString();
  }
}
