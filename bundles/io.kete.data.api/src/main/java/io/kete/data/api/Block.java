// SPDX-License-Identifier: EPL-2.0
package io.kete.data.api;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Consecutive samples of one stream after the data policy has decided about them.
 *
 * @param id where the block stands
 * @param policy version of the policy that was applied
 * @param open what may leave in clear: exactly {@code id.count()} samples in order of their
 *     sequence numbers, a sample that holds nothing open has no readings
 * @param sealed the rest, empty when nothing had to be sealed
 */
public record Block(BlockId id, String policy, List<Sample> open, Optional<SealedBlock> sealed) {

  public Block {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(policy, "policy");
    Objects.requireNonNull(sealed, "sealed");
    open = List.copyOf(open);
    if (open.size() != id.count()) {
      throw new IllegalArgumentException(
          "a block of " + id.count() + " samples was given " + open.size());
    }
  }

  /**
   * Whether sample {@code index} of the block is a message of its own: it holds something open, or
   * there is no sealed part that would stand for it.
   */
  public boolean speaksFor(int index) {
    return sealed.isEmpty() || !open.get(index).readings().isEmpty();
  }
}
