// SPDX-License-Identifier: EPL-2.0
package io.kete.receiver;

import io.kete.receiver.ReceiverException.Reason;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.cms.CMSAuthEnvelopedData;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.KeyAgreeRecipientInformation;
import org.bouncycastle.cms.KeyTransRecipientInformation;
import org.bouncycastle.cms.Recipient;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.jcajce.JceKeyAgreeAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransAuthEnvelopedRecipient;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.RuntimeOperatorException;

/** The epoch keys a recipient was given. Safe for any number of threads. */
public final class KeyRing {

  /** Bytes of a key identifier: the first ones of the SHA-256 of the key envelope. */
  static final int ID_BYTES = 8;

  private static final int KEY_BYTES = 32;
  private static final int MAX_ENVELOPE = 1 << 18;
  private static final int MAX_RECIPIENTS = 256;

  /** One for all, because it is slow to make; not registered with the platform. */
  static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

  private final List<RecipientKey> keys;
  private final Map<String, SecretKey> epochs = new ConcurrentHashMap<>();

  /** A ring for a recipient with one or more private keys, for instance the old and the new one. */
  public KeyRing(List<RecipientKey> keys) {
    this.keys = List.copyOf(keys);
  }

  /**
   * Opens a key envelope and keeps its key. The same one twice is the same as once.
   *
   * @param epoch identifier of the epoch in hexadecimal
   * @param envelope DER of the envelope; not moved
   */
  public void add(String epoch, ByteBuffer envelope) throws ReceiverException {
    if (epochs.containsKey(epoch)) {
      return;
    }
    if (envelope.remaining() > MAX_ENVELOPE) {
      throw damaged();
    }
    byte[] der = new byte[envelope.remaining()];
    envelope.duplicate().get(der);
    if (!identifierOf(der).equals(epoch)) {
      throw damaged();
    }
    byte[] key = open(der);
    epochs.put(epoch, new SecretKeySpec(key, "AES"));
    Arrays.fill(key, (byte) 0);
  }

  /** The identifier that belongs to a key envelope. */
  static String identifierOf(byte[] envelope) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(envelope);
      return HexFormat.of().formatHex(digest, 0, ID_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Whether blocks of the epoch can be opened. */
  public boolean knows(String epoch) {
    return epochs.containsKey(epoch);
  }

  /**
   * Forgets the key of an epoch: what was sealed under it cannot be read here any more, unless its
   * envelope is added again.
   */
  public void forget(String epoch) {
    epochs.remove(epoch);
  }

  Optional<SecretKey> key(String epoch) {
    return Optional.ofNullable(epochs.get(epoch));
  }

  private byte[] open(byte[] der) throws ReceiverException {
    try {
      CMSAuthEnvelopedData data = new CMSAuthEnvelopedData(der);
      if (data.getRecipientInfos().size() > MAX_RECIPIENTS) {
        throw damaged();
      }
      for (RecipientInformation recipient : data.getRecipientInfos().getRecipients()) {
        for (RecipientKey key : keys) {
          Optional<byte[]> content = tryKey(recipient, key);
          if (content.isPresent() && content.get().length == KEY_BYTES) {
            return content.get();
          }
        }
      }
    } catch (CMSException
        | IllegalArgumentException
        | IllegalStateException
        | IndexOutOfBoundsException
        | NullPointerException
        | RuntimeOperatorException
        | ClassCastException e) {
      // malformed ASN.1 ends here: Bouncy Castle reports it in all of these ways
      throw damaged();
    }
    throw new ReceiverException(Reason.NOT_FOR_US, "the key envelope is for other recipients");
  }

  /** Empty when the recipient is somebody else, which shows only by trying. */
  private Optional<byte[]> tryKey(RecipientInformation recipient, RecipientKey key) {
    boolean rsa = key.key().getAlgorithm().equals("RSA");
    Recipient opener;
    if (recipient instanceof KeyTransRecipientInformation && rsa) {
      opener = new JceKeyTransAuthEnvelopedRecipient(key.key()).setProvider(PROVIDER);
    } else if (recipient instanceof KeyAgreeRecipientInformation && !rsa) {
      opener = new JceKeyAgreeAuthEnvelopedRecipient(key.key()).setProvider(PROVIDER);
    } else {
      return Optional.empty();
    }
    try {
      return Optional.of(recipient.getContent(opener));
    } catch (CMSException e) {
      return Optional.empty();
    }
  }

  private static ReceiverException damaged() {
    return new ReceiverException(
        Reason.DAMAGED_KEY_ENVELOPE, "the key envelope is damaged or was changed");
  }
}
