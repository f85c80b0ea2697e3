// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms;

import io.kete.data.api.Block;
import io.kete.data.api.BlockId;
import io.kete.data.api.BlockWriter;
import io.kete.data.api.KeyEnvelope;
import io.kete.data.api.Reading;
import io.kete.data.api.Reading.Measured;
import io.kete.data.api.Sample;
import io.kete.data.api.SealedBlock;
import io.kete.policy.api.Sealing;
import io.kete.policy.cms.envelope.KeyEpoch;
import io.kete.policy.cms.envelope.Ticket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import javax.crypto.Cipher;
import org.eclipse.kura.type.TypedValues;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns samples into a block. Keeps a cipher and a writer between calls, so one sealer serves one
 * thread at a time.
 *
 * <p>When the readings of a block go to different sets of recipients, the block is sealed for all
 * of them together, and inside it the readings of each narrower set are sealed once more, with the
 * key envelope of that set beside them.
 */
final class BlockSealer {

  /** Channel of a nested envelope in the first sample of a sealed content; the epoch follows. */
  static final String NESTED_BLOCK = "kete.sealed:";

  /** Channel of the key envelope that belongs to a nested envelope; the epoch follows. */
  static final String NESTED_KEY = "kete.key:";

  static final String SEAL_FAILED = "withheld: sealing failed";

  private static final Logger logger = LoggerFactory.getLogger(BlockSealer.class);

  private final Cipher cipher;
  private final BlockWriter writer = new BlockWriter();
  private final Shapes shapes = new Shapes();

  BlockSealer() {
    try {
      this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES/GCM/NoPadding", e);
    }
  }

  /** Whether a channel's name would be taken for an envelope inside the content. */
  static boolean isReserved(String channel) {
    return channel.startsWith(NESTED_BLOCK) || channel.startsWith(NESTED_KEY);
  }

  Sealing seal(
      InForce policy,
      Pseudonyms pseudonyms,
      SealCounters counters,
      BlockId id,
      List<Sample> samples) {
    Division division = new Division(policy, shapes, pseudonyms, samples, false);
    Optional<Sealed> sealed = Optional.empty();
    try {
      sealed = sealParts(policy, id, division);
    } catch (GeneralSecurityException e) {
      logger.error("seal_failed stream={} firstSeq={}", id.stream(), id.firstSeq(), e);
    }
    if (sealed.isEmpty() && !division.parts().isEmpty()) {
      division = new Division(policy, shapes, pseudonyms, samples, true);
    }
    division.count(counters);
    if (sealed.isPresent()) {
      counters.sealedBlocks.increment();
    }
    Block block =
        new Block(id, policy.identity().version(), division.open(), sealed.map(Sealed::block));
    return new Sealing(block, sealed.map(Sealed::key));
  }

  /** Empty when there is nothing to seal, or nobody to seal the whole for. */
  private Optional<Sealed> sealParts(InForce policy, BlockId id, Division division)
      throws GeneralSecurityException {
    List<Division.Part> parts = division.parts();
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    if (parts.size() == 1) {
      return Optional.of(seal(policy, id, parts.get(0).ticket(), parts.get(0).samples()));
    }
    TreeSet<String> everybody = new TreeSet<>();
    parts.forEach(part -> everybody.addAll(part.recipients()));
    List<String> names = List.copyOf(everybody);
    Optional<Division.Part> widest =
        parts.stream().filter(part -> part.recipients().equals(names)).findFirst();
    Optional<Ticket> outer =
        widest.isPresent() ? Optional.of(widest.get().ticket()) : policy.lanes().ticket(names);
    if (outer.isEmpty()) {
      return Optional.empty();
    }
    List<Sample> content =
        new ArrayList<>(widest.map(Division.Part::samples).orElseGet(division::shells));
    List<Reading> first = new ArrayList<>(content.get(0).readings());
    for (Division.Part part : parts) {
      if (widest.isEmpty() || part != widest.get()) {
        addNested(
            first, content.get(0).timeMillis(), seal(policy, id, part.ticket(), part.samples()));
      }
    }
    content.set(0, content.get(0).withReadings(first));
    return Optional.of(seal(policy, id, outer.get(), content));
  }

  private static void addNested(List<Reading> readings, long time, Sealed inner) {
    String epoch = inner.block().epoch();
    readings.add(bytes(NESTED_KEY + epoch, inner.key().envelope(), time));
    readings.add(bytes(NESTED_BLOCK + epoch, inner.block().envelope(), time));
  }

  private static Reading bytes(String channel, ByteBuffer buffer, long time) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return Measured.good(channel, TypedValues.newByteArrayValue(bytes), "", time);
  }

  private Sealed seal(InForce policy, BlockId id, Ticket ticket, List<Sample> samples)
      throws GeneralSecurityException {
    byte[] content =
        writer.write(new Block(id, policy.identity().version(), samples, Optional.empty()));
    KeyEpoch epoch = ticket.epoch();
    return new Sealed(ticket.seal(cipher, content), epoch.envelope());
  }

  private record Sealed(SealedBlock block, KeyEnvelope key) {}
}
