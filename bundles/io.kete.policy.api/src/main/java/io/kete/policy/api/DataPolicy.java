// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.api;

import io.kete.data.api.Block;
import io.kete.data.api.BlockId;
import io.kete.data.api.Sample;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The data policy in force. A change of the policy takes effect between two blocks, without a new
 * service.
 */
@ProviderType
public interface DataPolicy {

  /**
   * Decides about consecutive samples of one stream: what is open stays readable, what is sensitive
   * is sealed, what must not leave is removed. Fails closed: where the policy, a key or a recipient
   * is missing, a sensitive reading becomes a {@link io.kete.data.api.Reading.Failed} with the
   * reason {@code withheld: ...} and its value goes nowhere.
   *
   * @param id where the block stands; {@code id.count()} equals {@code samples.size()}
   * @param samples in order of their sequence numbers
   */
  Sealing seal(BlockId id, List<Sample> samples);

  /** What the policy does with a channel at exits other than the buffer. */
  Treatment treatment(String asset, String channel);

  /**
   * Seals blocks anew as one, for bulk transport. The blocks are opened in memory, {@code form}
   * makes bytes of them, for instance whole columns, and these are sealed for the same recipients.
   *
   * @param blocks blocks whose sealed parts belong to one epoch
   * @param form is given blocks that hold the sealed readings only; must keep nothing of them, and
   *     put into its bytes what tells which blocks they are
   * @return empty when the key of the epoch is no longer in memory, or the blocks have several:
   *     send them as they are
   */
  Optional<Resealed> reseal(List<Block> blocks, Function<List<Block>, byte[]> form);

  /**
   * Epochs whose keys have to disappear from this gateway, so that nobody can be sent them any
   * more. When the set grows, the properties of the service change.
   */
  Set<String> erasedEpochs();

  /** Version and digest of the document in force. */
  PolicyIdentity identity();
}
