// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.api;

import io.kete.data.api.BlockId;
import io.kete.data.api.Sample;
import java.util.List;
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

  /** Version and digest of the document in force. */
  PolicyIdentity identity();
}
