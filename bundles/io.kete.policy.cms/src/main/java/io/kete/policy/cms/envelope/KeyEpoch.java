// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms.envelope;

import io.kete.data.api.KeyEnvelope;
import io.kete.data.api.SealedBlock;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;

/**
 * One content key and everything that is written once for it. Lives in memory only, so that no
 * nonce can come back after a restart or with a restored store: the counter of a nonce and the key
 * it belongs to die together. Safe for any number of threads.
 */
public final class KeyEpoch {

  private final KeyEnvelope envelope;
  private final List<String> fingerprints;
  private final SecretKey key;
  private final BlockTemplate template;
  private final int noncePrefix;
  private final long useLimit;
  private final AtomicLong uses = new AtomicLong();

  KeyEpoch(
      KeyEnvelope envelope,
      List<String> fingerprints,
      SecretKey key,
      BlockTemplate template,
      int noncePrefix,
      long useLimit) {
    this.envelope = envelope;
    this.fingerprints = List.copyOf(fingerprints);
    this.key = key;
    this.template = template;
    this.noncePrefix = noncePrefix;
    this.useLimit = useLimit;
  }

  /** Identifier in hexadecimal: the first bytes of the SHA-256 of the key envelope. */
  public String id() {
    return envelope.epoch();
  }

  /** The key for its recipients. */
  public KeyEnvelope envelope() {
    return envelope;
  }

  /** Certificates the key is enveloped for. */
  List<String> fingerprints() {
    return fingerprints;
  }

  /** Blocks sealed or about to be sealed. */
  public long uses() {
    return Math.min(uses.get(), useLimit);
  }

  boolean usedUp() {
    return uses.get() >= useLimit;
  }

  /** A number that nobody else gets; empty when the epoch is used up. */
  OptionalLong reserve() {
    long number = uses.getAndIncrement();
    if (number >= useLimit || number < 0) {
      uses.set(useLimit);
      return OptionalLong.empty();
    }
    return OptionalLong.of(number);
  }

  SealedBlock seal(Cipher cipher, long number, byte[] content) throws GeneralSecurityException {
    byte[] nonce =
        ByteBuffer.allocate(BlockTemplate.NONCE_BYTES).putInt(noncePrefix).putLong(number).array();
    return new SealedBlock(id(), ByteBuffer.wrap(template.envelope(cipher, key, nonce, content)));
  }

  /** The content of a block of this epoch. */
  public byte[] open(Cipher cipher, SealedBlock sealed) throws GeneralSecurityException {
    byte[] envelope = new byte[sealed.envelope().remaining()];
    sealed.envelope().get(envelope);
    return template.open(cipher, key, envelope);
  }
}
