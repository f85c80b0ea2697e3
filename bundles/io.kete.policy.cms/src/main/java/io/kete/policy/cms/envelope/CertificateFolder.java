// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms.envelope;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.HexFormat;
import java.util.List;

/**
 * The folder with the certificates of the recipients ({@code *.pem}, {@code *.crt}, {@code *.der})
 * and the revocation lists ({@code *.crl}). A revocation list is believed without a check of its
 * signature, because it can only take away.
 */
public final class CertificateFolder {

  private static final int MAX_CERTIFICATE_BYTES = 1 << 16;
  private static final String PEM_MARK = "-----BEGIN CERTIFICATE-----";
  private static final int KEY_ENCIPHERMENT = 2;
  private static final int KEY_AGREEMENT = 4;

  private final Path directory;

  public CertificateFolder(Path directory) {
    this.directory = directory;
  }

  /**
   * Reads a certificate: the name of a file of this folder, or PEM text. Says nothing about its
   * validity in time.
   */
  public X509Certificate read(String reference) throws RefusedCertificateException {
    if (reference.startsWith(PEM_MARK)) {
      return parse(reference.getBytes(StandardCharsets.US_ASCII));
    }
    try {
      Path file = directory.resolve(reference).normalize();
      if (!directory.normalize().equals(file.getParent())) {
        throw new RefusedCertificateException("the name leads out of the certificate directory");
      }
      return parse(bounded(file, MAX_CERTIFICATE_BYTES));
    } catch (InvalidPathException e) {
      throw new RefusedCertificateException("not the name of a file");
    } catch (NoSuchFileException e) {
      throw new RefusedCertificateException("file not found in the certificate directory");
    } catch (IOException e) {
      throw new RefusedCertificateException("file cannot be read");
    }
  }

  /** What a reference is called in reports. */
  public static String shown(String reference) {
    return reference.startsWith(PEM_MARK)
        ? "(in the document)"
        : reference.replaceAll("[^\\p{Print}]", "?");
  }

  /** Parses a certificate in DER or PEM and checks that its key can be used. */
  public static X509Certificate parse(byte[] bytes) throws RefusedCertificateException {
    X509Certificate certificate;
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      certificate = (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(bytes));
    } catch (CertificateException e) {
      throw new RefusedCertificateException("not an X.509 certificate");
    }
    if (certificate == null) {
      throw new RefusedCertificateException("not an X.509 certificate");
    }
    checkKey(certificate);
    return certificate;
  }

  private static void checkKey(X509Certificate certificate) throws RefusedCertificateException {
    boolean[] usage = certificate.getKeyUsage();
    if (certificate.getPublicKey() instanceof ECPublicKey key) {
      if (!P256.isCurveOf(key)) {
        throw new RefusedCertificateException("elliptic curve is not P-256");
      }
      checkUsage(usage, KEY_AGREEMENT, "keyAgreement");
    } else if (certificate.getPublicKey() instanceof RSAPublicKey key) {
      int bits = key.getModulus().bitLength();
      if (bits < 2048 || bits > 8192) {
        throw new RefusedCertificateException(
            "RSA key has " + bits + " bits, 2048 to 8192 are allowed");
      }
      checkUsage(usage, KEY_ENCIPHERMENT, "keyEncipherment");
    } else {
      throw new RefusedCertificateException("key is neither RSA nor elliptic curve");
    }
  }

  private static void checkUsage(boolean[] usage, int bit, String name)
      throws RefusedCertificateException {
    if (usage != null && !usage[bit]) {
      throw new RefusedCertificateException("key usage does not allow " + name);
    }
  }

  /** SHA-256 of the certificate in hexadecimal. */
  public static String fingerprint(X509Certificate certificate) throws RefusedCertificateException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new RefusedCertificateException("certificate cannot be encoded");
    }
  }

  /**
   * What the revocation lists of the folder say; lists that cannot be read are named in {@code
   * problems}.
   */
  Revocations revocations(List<String> problems) {
    return Revocations.read(directory, problems);
  }

  static byte[] bounded(Path file, int limit) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw new IOException("file too long");
      }
      return bytes;
    }
  }
}
