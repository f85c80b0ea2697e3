// SPDX-License-Identifier: EPL-2.0
package io.kete.demo.centre;

import java.io.IOException;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSAuthEnvelopedData;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.KEKRecipientId;
import org.bouncycastle.cms.KeyAgreeRecipientInformation;
import org.bouncycastle.cms.Recipient;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.jcajce.JceKEKAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyAgreeAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyAgreeEnvelopedRecipient;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Opens sealed records with the private key of the centre. */
final class Opener {

  private static final int KEY_BYTES = 32;

  private final BouncyCastleProvider provider = new BouncyCastleProvider();
  private final PrivateKey centre;
  private final Map<String, SecretKeySpec> keys = new HashMap<>();

  Opener(PrivateKey centre) {
    this.centre = centre;
  }

  /** Takes the key of an epoch out of the body of a key record. */
  void learn(String epoch, byte[] body) throws RecordException {
    try {
      for (RecipientInformation entry : entries(body)) {
        if (entry instanceof KeyAgreeRecipientInformation) {
          byte[] key = entry.getContent(recipient(body));
          if (key.length != KEY_BYTES) {
            throw new RecordException("key of epoch " + epoch + " has " + key.length + " bytes");
          }
          keys.put(epoch, new SecretKeySpec(key, "AES"));
          return;
        }
      }
    } catch (CMSException e) {
      throw new RecordException("key record of epoch " + epoch + " cannot be opened", e);
    }
    throw new RecordException("key record of epoch " + epoch + " has no entry for the centre");
  }

  private static boolean isAuthenticated(byte[] body) {
    return CMSObjectIdentifiers.authEnvelopedData.equals(
        ContentInfo.getInstance(body).getContentType());
  }

  private static Iterable<RecipientInformation> entries(byte[] body) throws CMSException {
    return isAuthenticated(body)
        ? new CMSAuthEnvelopedData(body).getRecipientInfos()
        : new CMSEnvelopedData(body).getRecipientInfos();
  }

  private Recipient recipient(byte[] body) {
    return isAuthenticated(body)
        ? new JceKeyAgreeAuthEnvelopedRecipient(centre).setProvider(provider)
        : new JceKeyAgreeEnvelopedRecipient(centre).setProvider(provider);
  }

  /** The content of a sealed record; empty while the key of its epoch has not arrived. */
  Optional<byte[]> open(String epoch, byte[] body) throws RecordException {
    SecretKeySpec key = keys.get(epoch);
    if (key == null) {
      return Optional.empty();
    }
    try {
      if (!Arrays.equals(ASN1Primitive.fromByteArray(body).getEncoded(ASN1Encoding.DER), body)) {
        throw new RecordException("envelope is not in its canonical encoding");
      }
      CMSAuthEnvelopedData envelope = new CMSAuthEnvelopedData(body);
      Collection<RecipientInformation> entries = envelope.getRecipientInfos().getRecipients();
      if (!CMSAlgorithm.AES256_GCM.getId().equals(envelope.getEncryptionAlgOID())
          || entries.size() != 1
          || envelope.getAuthAttrs() != null) {
        throw new RecordException("envelope is not AES-256-GCM for one recipient");
      }
      RecipientInformation entry = entries.iterator().next();
      if (!(entry.getRID() instanceof KEKRecipientId id)
          || !HexFormat.of().formatHex(id.getKeyIdentifier()).equals(epoch)) {
        throw new RecordException("envelope names another epoch than its record");
      }
      Recipient recipient = new JceKEKAuthEnvelopedRecipient(key).setProvider(provider);
      return Optional.of(entry.getContent(recipient));
    } catch (CMSException | IOException e) {
      throw new RecordException("sealed record cannot be opened", e);
    }
  }
}
