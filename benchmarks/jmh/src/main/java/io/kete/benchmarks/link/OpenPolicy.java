// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.link;

import io.kete.data.api.Block;
import io.kete.data.api.BlockId;
import io.kete.data.api.Sample;
import io.kete.policy.api.DataPolicy;
import io.kete.policy.api.PolicyIdentity;
import io.kete.policy.api.Resealed;
import io.kete.policy.api.Sealing;
import io.kete.policy.api.Treatment;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Seals nothing: here the link is measured. */
final class OpenPolicy implements DataPolicy {

  @Override
  public Sealing seal(BlockId id, List<Sample> samples) {
    return new Sealing(new Block(id, "1", samples, Optional.empty()), Optional.empty());
  }

  @Override
  public Treatment treatment(String asset, String channel) {
    return Treatment.PLAIN;
  }

  @Override
  public Optional<Resealed> reseal(List<Block> blocks, Function<List<Block>, byte[]> form) {
    return Optional.empty();
  }

  @Override
  public Set<String> erasedEpochs() {
    return Set.of();
  }

  @Override
  public PolicyIdentity identity() {
    return new PolicyIdentity("1", "");
  }
}
