// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import io.kete.buffer.api.Refusal;
import io.kete.data.api.BlockId;
import io.kete.data.api.BlockWriter;
import io.kete.data.api.Sample;
import io.kete.policy.api.DataPolicy;
import io.kete.policy.api.Sealing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes sealed blocks out of waiting samples. For the thread of the group commit only. */
final class Sealer {

  private static final Logger logger = LoggerFactory.getLogger(Sealer.class);

  /** Samples of a block are sealed in memory together, so their bytes are bounded, too. */
  private static final long MAX_BLOCK_BYTES = 1 << 20;

  /** Samples and the block they became; samples that could not be sealed have none. */
  record Sealed(List<Pending> samples, Optional<StreamStore.Entry> entry) {

    /** Tells the callers: stored, or refused by the policy. */
    void answer() {
      if (entry.isEmpty()) {
        samples.forEach(p -> p.refused(refusal()));
        return;
      }
      long seq = entry.get().frame().position();
      for (Pending pending : samples) {
        pending.accepted(seq);
        seq++;
      }
    }
  }

  private final BlockWriter writer = new BlockWriter();

  /** Seals all samples, numbered from {@code firstSeq} on. */
  List<Sealed> seal(
      List<Pending> batch,
      DataPolicy policy,
      StreamSettings settings,
      long incarnation,
      long firstSeq) {
    List<Sealed> all = new ArrayList<>();
    long seq = firstSeq;
    int from = 0;
    while (from < batch.size()) {
      int to = end(batch, from, settings.maxSamples());
      List<Pending> samples = batch.subList(from, to);
      BlockId id =
          new BlockId(settings.gateway(), settings.stream(), incarnation, seq, samples.size());
      Optional<StreamStore.Entry> entry = seal(id, samples, policy);
      all.add(new Sealed(samples, entry));
      seq += entry.isPresent() ? samples.size() : 0;
      from = to;
    }
    return all;
  }

  private static int end(List<Pending> batch, int from, int maxSamples) {
    long bytes = 0;
    int to = from;
    while (to < batch.size() && to - from < maxSamples) {
      bytes += batch.get(to).bytes();
      if (to > from && bytes > MAX_BLOCK_BYTES) {
        break;
      }
      to++;
    }
    return to;
  }

  private Optional<StreamStore.Entry> seal(BlockId id, List<Pending> samples, DataPolicy policy) {
    try {
      List<Sample> plain = samples.stream().map(Pending::sample).toList();
      Sealing sealing = policy.seal(id, plain);
      if (!sealing.block().id().equals(id)) {
        throw new IllegalStateException("the policy changed the identity of a block");
      }
      byte[] bytes = writer.write(sealing.block());
      if (bytes.length > Frame.MAX_PAYLOAD - StoreKey.OVERHEAD) {
        throw new IllegalArgumentException("block of " + bytes.length + " bytes");
      }
      Frame frame = Frame.block(id.firstSeq(), id.count(), bytes);
      return Optional.of(new StreamStore.Entry(sealing.block(), frame, sealing.key()));
    } catch (RuntimeException e) {
      // border: body of the commit loop; one bad sample must not end the stream for all others
      logger.warn("block_refused stream={} samples={}", id.stream(), id.count(), e);
      return Optional.empty();
    }
  }

  private static Refusal refusal() {
    return new Refusal(
        Refusal.Cause.INVALID,
        "the data policy or the block format rejected the block, see log: block_refused");
  }
}
