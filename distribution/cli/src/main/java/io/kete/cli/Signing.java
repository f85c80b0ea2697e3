// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import io.kete.policy.cms.trust.CmsSigner;
import io.kete.receiver.RecipientKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;

/**
 * A key and the certificate that belongs to it.
 *
 * @param key signs
 * @param certificate goes into the signature
 */
record Signing(PrivateKey key, X509Certificate certificate) {

  private static final byte[] PROBE = {1, 2, 3};
  private static final String PEM = "-----BEGIN CERTIFICATE-----";
  private static final int MAX_BYTES = 1 << 20;

  /**
   * Reads the certificate.
   *
   * @throws GeneralSecurityException when it is none, or not of this key
   */
  static Signing of(RecipientKey key, Path file) throws IOException, GeneralSecurityException {
    X509Certificate certificate = certificate(file);
    if (!belong(key.key(), certificate)) {
      throw new GeneralSecurityException(file + " is not the certificate of this key");
    }
    return new Signing(key.key(), certificate);
  }

  /** The first certificate in the file, which may hold the key as well. */
  private static X509Certificate certificate(Path file)
      throws IOException, GeneralSecurityException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES);
    }
    int begin = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(PEM);
    if (begin > 0) {
      bytes = Arrays.copyOfRange(bytes, begin, bytes.length);
    }
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(bytes));
    } catch (CertificateException e) {
      throw new CertificateException(file + " holds no certificate; name one with --cert", e);
    }
  }

  /** A detached CMS signature of what the stream gives. */
  byte[] sign(InputStream content) throws IOException {
    ByteBuffer der = new CmsSigner(key, certificate).sign(content);
    byte[] bytes = new byte[der.remaining()];
    der.get(bytes);
    return bytes;
  }

  private static boolean belong(PrivateKey key, X509Certificate signer)
      throws GeneralSecurityException {
    if (!key.getAlgorithm().equals(signer.getPublicKey().getAlgorithm())) {
      return false;
    }
    String algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(PROBE);
    byte[] made = signature.sign();
    signature.initVerify(signer.getPublicKey());
    signature.update(PROBE);
    return signature.verify(made);
  }
}
