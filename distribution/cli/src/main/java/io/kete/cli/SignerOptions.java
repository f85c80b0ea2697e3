// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import io.kete.policy.cms.trust.CmsSigner;
import io.kete.receiver.RecipientKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who signs: a private key and the certificate that belongs to it. */
final class SignerOptions {

  private static final byte[] PROBE = {1, 2, 3};

  @Mixin private PrivateKeyOptions keyOptions;

  @Option(
      names = "--cert",
      required = true,
      paramLabel = "CERTIFICATE",
      description = "Certificate of the signer, PEM or DER; it goes into the signature.")
  private Path certificate;

  /** A detached CMS signature of what the stream gives. */
  byte[] sign(InputStream content)
      throws PrivateKeyOptions.NoKeyException, IOException, GeneralSecurityException {
    RecipientKey read = keyOptions.read();
    PrivateKey key = read.key();
    X509Certificate signer = certificate();
    if (!belong(key, signer)) {
      throw new GeneralSecurityException(certificate + " is not the certificate of this key");
    }
    ByteBuffer der = new CmsSigner(key, signer).sign(content);
    byte[] bytes = new byte[der.remaining()];
    der.get(bytes);
    return bytes;
  }

  private X509Certificate certificate() throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(certificate)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
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
