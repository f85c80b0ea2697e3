// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms.envelope;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAESOAEPparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSAuthEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.RecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OutputAEADEncryptor;

/**
 * Envelopes the key of an epoch for certificates: CMS AuthEnvelopedData (RFC 5083) with
 * AES-256-GCM, ECDH over P-256 with SHA-256 and AES-256 wrap, or RSA-OAEP with SHA-256. No
 * authenticated attributes, because OpenSSL 3.0 cannot read them there.
 */
final class KeyEnvelopes {

  private static final AlgorithmIdentifier SHA_256 =
      new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE);
  private static final AlgorithmIdentifier OAEP_SHA_256 =
      new AlgorithmIdentifier(
          PKCSObjectIdentifiers.id_RSAES_OAEP,
          new RSAESOAEPparams(
              SHA_256,
              new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, SHA_256),
              RSAESOAEPparams.DEFAULT_P_SOURCE_ALGORITHM));

  /** Not registered with the platform: a registered provider would outlive this bundle. */
  private final BouncyCastleProvider provider = new BouncyCastleProvider();

  private final SecureRandom random;

  KeyEnvelopes(SecureRandom random) {
    this.random = random;
  }

  /** DER of the envelope. */
  byte[] envelope(byte[] key, List<Recipient> recipients)
      throws GeneralSecurityException, CMSException, IOException {
    CMSAuthEnvelopedDataGenerator generator = new CMSAuthEnvelopedDataGenerator();
    for (Recipient recipient : recipients) {
      generator.addRecipientInfoGenerator(generatorFor(recipient));
    }
    OutputAEADEncryptor encryptor =
        (OutputAEADEncryptor)
            new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_GCM)
                .setProvider(provider)
                .setSecureRandom(random)
                .build();
    return generator
        .generate(new CMSProcessableByteArray(key), encryptor)
        .toASN1Structure()
        .getEncoded("DER");
  }

  private RecipientInfoGenerator generatorFor(Recipient recipient) throws GeneralSecurityException {
    if (!(recipient.certificate().getPublicKey() instanceof ECPublicKey)) {
      return new JceKeyTransRecipientInfoGenerator(recipient.certificate(), OAEP_SHA_256)
          .setProvider(provider);
    }
    KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC", provider);
    pairs.initialize(new ECGenParameterSpec("P-256"), random);
    KeyPair ephemeral = pairs.generateKeyPair();
    return new JceKeyAgreeRecipientInfoGenerator(
            CMSAlgorithm.ECDH_SHA256KDF,
            ephemeral.getPrivate(),
            ephemeral.getPublic(),
            CMSAlgorithm.AES256_WRAP)
        .setProvider(provider)
        .setSecureRandom(random)
        .addRecipient(recipient.certificate());
  }
}
