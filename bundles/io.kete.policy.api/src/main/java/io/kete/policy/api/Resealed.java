// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.api;

import io.kete.data.api.KeyEnvelope;
import io.kete.data.api.SealedBlock;
import java.util.Objects;

/**
 * Bytes that were sealed as a whole.
 *
 * @param content the envelope; opened it gives exactly the bytes of the form, not a block
 * @param key the key of its epoch for its recipients
 */
public record Resealed(SealedBlock content, KeyEnvelope key) {

  public Resealed {
    Objects.requireNonNull(content, "content");
    Objects.requireNonNull(key, "key");
  }
}
