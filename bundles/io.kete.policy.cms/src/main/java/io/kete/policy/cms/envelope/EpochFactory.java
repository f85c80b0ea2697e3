// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms.envelope;

import io.kete.data.api.KeyEnvelope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.cms.CMSException;

/** Makes key epochs: fresh keys, enveloped for the recipients. */
final class EpochFactory {

  /** Bytes of a key identifier. */
  static final int ID_BYTES = 8;

  private static final int KEY_BYTES = 32;

  private final SecureRandom random = new SecureRandom();
  private final KeyEnvelopes envelopes = new KeyEnvelopes(random);

  KeyEpoch create(List<Recipient> recipients, long useLimit) throws EpochException {
    byte[] wrapping = fresh();
    byte[] content = fresh();
    try {
      byte[] envelope = envelopes.envelope(wrapping, recipients);
      // the identifier depends on every bit of the envelope, so that a receiver notices any change
      // of it
      byte[] id = Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(envelope), ID_BYTES);
      Cipher wrap = Cipher.getInstance("AESWrap");
      wrap.init(Cipher.WRAP_MODE, new SecretKeySpec(wrapping, "AES"));
      SecretKeySpec key = new SecretKeySpec(content, "AES");
      BlockTemplate template = new BlockTemplate(id, wrap.wrap(key));
      KeyEnvelope published =
          new KeyEnvelope(HexFormat.of().formatHex(id), ByteBuffer.wrap(envelope));
      List<String> fingerprints = recipients.stream().map(Recipient::fingerprint).toList();
      return new KeyEpoch(published, fingerprints, key, template, random.nextInt(), useLimit);
    } catch (GeneralSecurityException | CMSException | IOException e) {
      throw new EpochException(e);
    } finally {
      Arrays.fill(wrapping, (byte) 0);
      Arrays.fill(content, (byte) 0);
    }
  }

  private byte[] fresh() {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    return key;
  }

  /** No epoch could be made; the cause says which step failed. */
  static final class EpochException extends Exception {
    private static final long serialVersionUID = 1L;

    EpochException(Exception cause) {
      super("no key epoch could be made", cause);
    }
  }
}
