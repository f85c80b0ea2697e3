// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.api;

import io.kete.data.api.Block;
import io.kete.data.api.KeyEnvelope;
import java.util.Optional;

/**
 * What became of a block of samples.
 *
 * @param block the open samples and the sealed part
 * @param key the key of the block's epoch for its recipients, present exactly when the block has a
 *     sealed part; it has to be stored durably not later than the block, once for each stream and
 *     epoch
 */
public record Sealing(Block block, Optional<KeyEnvelope> key) {

  public Sealing {
    if (block.sealed().isPresent() != key.isPresent()) {
      throw new IllegalArgumentException(
          "a sealed block needs its key envelope and an open one has none");
    }
  }
}
