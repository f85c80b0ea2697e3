// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms.envelope;

import io.kete.data.api.SealedBlock;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;

/** The right to seal one block under an epoch, with a nonce of its own. To be used once. */
public final class Ticket {

  private final KeyEpoch epoch;
  private final long number;
  private boolean used;

  Ticket(KeyEpoch epoch, long number) {
    this.epoch = epoch;
    this.number = number;
  }

  /** The epoch the block will belong to. */
  public KeyEpoch epoch() {
    return epoch;
  }

  /**
   * Seals.
   *
   * @param cipher AES/GCM/NoPadding, owned by the caller
   */
  public SealedBlock seal(Cipher cipher, byte[] content) throws GeneralSecurityException {
    if (used) {
      throw new IllegalStateException("a ticket seals one block");
    }
    used = true;
    return epoch.seal(cipher, number, content);
  }
}
