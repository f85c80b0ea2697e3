// SPDX-License-Identifier: EPL-2.0
package io.kete.repository;

import io.kete.features.PackageSignature;
import io.kete.receiver.ReceiverException;
import io.kete.receiver.RecipientKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.RSADigestSigner;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcContentSignerBuilder;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;

/**
 * Signs with an RSA key or one of the curve P-256 so that the same content gives the same bytes: no
 * time in the signature, and the random number of ECDSA made from key and content (RFC 6979).
 */
final class Signer implements PackageSignature.Signing {

  private final PrivateKey key;
  private final X509Certificate certificate;

  Signer(PrivateKey key, X509Certificate certificate) {
    this.key = key;
    this.certificate = certificate;
  }

  /** With a private key without a password (PEM) and its certificate. */
  static Signer of(Path key, Path certificate) throws IOException, GeneralSecurityException {
    try (InputStream secret = Files.newInputStream(key);
        InputStream open = Files.newInputStream(certificate)) {
      return new Signer(
          RecipientKey.fromPem(secret, new char[0]).key(),
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(open));
    } catch (ReceiverException e) {
      throw new IOException(key + ": " + e.getMessage(), e);
    }
  }

  @Override
  public byte[] sign(byte[] content) throws IOException, GeneralSecurityException {
    try {
      CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
      generator.addSignerInfoGenerator(
          new SignerInfoGeneratorBuilder(new BcDigestCalculatorProvider())
              .setDirectSignature(true)
              .build(signer(), new JcaX509CertificateHolder(certificate)));
      generator.addCertificates(new JcaCertStore(List.of(certificate)));
      return generator.generate(new CMSProcessableByteArray(content), false).getEncoded("DER");
    } catch (CMSException | OperatorCreationException e) {
      throw new IOException("the signature cannot be made", e);
    }
  }

  private ContentSigner signer() throws IOException, OperatorCreationException {
    boolean rsa = key.getAlgorithm().equals("RSA");
    AlgorithmIdentifier algorithm =
        new DefaultSignatureAlgorithmIdentifierFinder()
            .find(rsa ? "SHA256withRSA" : "SHA256withECDSA");
    AlgorithmIdentifier digest = new DefaultDigestAlgorithmIdentifierFinder().find("SHA-256");
    return new BcContentSignerBuilder(algorithm, digest) {
      @Override
      protected org.bouncycastle.crypto.Signer createSigner(
          AlgorithmIdentifier signature, AlgorithmIdentifier hash) {
        return rsa
            ? new RSADigestSigner(new SHA256Digest())
            : new DSADigestSigner(
                new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest())), new SHA256Digest());
      }
    }.build(PrivateKeyFactory.createKey(key.getEncoded()));
  }
}
