// SPDX-License-Identifier: EPL-2.0
package io.kete.demo.centre;

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
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Key and certificate of the centre, the only one that may read what is sealed. Made anew for each
 * run, valid for a day.
 *
 * @param privateKey never given to the gateway
 * @param certificate what the gateway seals for
 */
public record CentreKeys(PrivateKey privateKey, X509Certificate certificate) {

  private static final Duration VALID = Duration.ofDays(1);
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);
  private static final int SERIAL_BITS = 120;

  /** A new pair on the curve P-256. */
  public static CentreKeys generate(Clock clock) throws GeneralSecurityException {
    SecureRandom random = new SecureRandom();
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    KeyPair pair = generator.generateKeyPair();
    Instant now = clock.instant();
    X500Name name = new X500Name("CN=Kete demo centre");
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              name,
              new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE),
              Date.from(now.minus(CLOCK_SKEW)),
              Date.from(now.plus(VALID)),
              name,
              pair.getPublic());
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyAgreement));
      ContentSigner signer =
          new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
      X509Certificate certificate =
          new JcaX509CertificateConverter().getCertificate(builder.build(signer));
      return new CentreKeys(pair.getPrivate(), certificate);
    } catch (CertIOException | OperatorCreationException e) {
      throw new GeneralSecurityException("the certificate of the centre cannot be made", e);
    }
  }

  /** Writes {@code centre.key.pem}, readable for its owner only, and {@code centre.pem}. */
  public void write(Path folder) throws IOException {
    Path key = folder.resolve("centre.key.pem");
    Files.deleteIfExists(key);
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.writeString(key, pem(privateKey), StandardCharsets.US_ASCII);
    Files.writeString(folder.resolve("centre.pem"), pem(certificate), StandardCharsets.US_ASCII);
  }

  private static String pem(Object object) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    }
    return text.toString();
  }
}
