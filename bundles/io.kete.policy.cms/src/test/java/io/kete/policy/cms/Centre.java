// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.data.api.Block;
import io.kete.data.api.BlockFormatException;
import io.kete.data.api.BlockReader;
import io.kete.data.api.KeyEnvelope;
import io.kete.data.api.Reading;
import io.kete.data.api.Reading.Measured;
import io.kete.data.api.SealedBlock;
import io.kete.policy.api.Sealing;
import java.nio.ByteBuffer;
import java.security.PrivateKey;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.cms.CMSAuthEnvelopedData;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.KeyTransRecipientInformation;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.jcajce.JceKEKAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyAgreeAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransAuthEnvelopedRecipient;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Opens envelopes with Bouncy Castle's own CMS classes, as another implementation than the one that
 * writes them.
 */
public final class Centre {

  private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

  private Centre() {}

  /** The content of the sealed part; empty when the identity is no recipient. */
  public static Optional<Block> open(Sealing sealing, Identity identity)
      throws CMSException, BlockFormatException {
    Optional<byte[]> key = key(sealing.key().orElseThrow(), identity);
    return key.isEmpty()
        ? Optional.empty()
        : Optional.of(block(sealing.block().sealed().orElseThrow(), key.get()));
  }

  /** The readings of the sealed part of a single sample. */
  public static List<Reading> readings(Sealing sealing, Identity identity)
      throws CMSException, BlockFormatException {
    return open(sealing, identity).orElseThrow().open().get(0).readings();
  }

  static Optional<byte[]> key(KeyEnvelope envelope, Identity identity) throws CMSException {
    PrivateKey key = identity.keys().getPrivate();
    boolean rsa = key.getAlgorithm().equals("RSA");
    CMSAuthEnvelopedData data = new CMSAuthEnvelopedData(bytes(envelope.envelope()));
    for (RecipientInformation recipient : data.getRecipientInfos().getRecipients()) {
      if (recipient instanceof KeyTransRecipientInformation == rsa) {
        try {
          return Optional.of(
              recipient.getContent(
                  rsa
                      ? new JceKeyTransAuthEnvelopedRecipient(key).setProvider(PROVIDER)
                      : new JceKeyAgreeAuthEnvelopedRecipient(key).setProvider(PROVIDER)));
        } catch (CMSException e) {
          assertThat(e.getMessage()).isNotEmpty(); // somebody else's, which shows only by trying
        }
      }
    }
    return Optional.empty();
  }

  static Block block(SealedBlock sealed, byte[] key) throws CMSException, BlockFormatException {
    CMSAuthEnvelopedData data = new CMSAuthEnvelopedData(bytes(sealed.envelope()));
    RecipientInformation recipient = data.getRecipientInfos().getRecipients().iterator().next();
    byte[] content =
        recipient.getContent(
            new JceKEKAuthEnvelopedRecipient(new SecretKeySpec(key, "AES")).setProvider(PROVIDER));
    return BlockReader.read(ByteBuffer.wrap(content));
  }

  public static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  /** Value of a reading. */
  public static Object value(Reading reading) {
    return ((Measured) reading).value().getValue();
  }
}
