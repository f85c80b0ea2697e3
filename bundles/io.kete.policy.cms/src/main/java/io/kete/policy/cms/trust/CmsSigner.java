// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms.trust;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;

/**
 * Makes detached CMS signatures with one key, RSA or of the curve P-256. Safe for any number of
 * threads.
 */
public final class CmsSigner {

  private final PrivateKey key;
  private final X509Certificate certificate;

  /**
   * @param key signs
   * @param certificate goes into every signature
   */
  public CmsSigner(PrivateKey key, X509Certificate certificate) {
    this.key = key;
    this.certificate = certificate;
  }

  /**
   * DER of a SignedData without content.
   *
   * @param content read to its end; closed by the caller
   * @throws IOException if the content cannot be read or the platform's cryptography fails
   */
  public ByteBuffer sign(InputStream content) throws IOException {
    try {
      String algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
      CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
      generator.addSignerInfoGenerator(
          new JcaSimpleSignerInfoGeneratorBuilder().build(algorithm, key, certificate));
      generator.addCertificates(new JcaCertStore(List.of(certificate)));
      return ByteBuffer.wrap(
              generator.generate(new StreamedContent(content), false).getEncoded("DER"))
          .asReadOnlyBuffer();
    } catch (CMSException | GeneralSecurityException | OperatorCreationException e) {
      throw new IOException("the signature cannot be made", e);
    }
  }
}
