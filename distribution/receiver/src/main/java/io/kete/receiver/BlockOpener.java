// SPDX-License-Identifier: EPL-2.0
package io.kete.receiver;

import io.kete.data.api.Block;
import io.kete.data.api.BlockFormatException;
import io.kete.data.api.BlockId;
import io.kete.data.api.BlockReader;
import io.kete.data.api.Lineage;
import io.kete.data.api.Reading;
import io.kete.data.api.Reading.Measured;
import io.kete.data.api.Sample;
import io.kete.data.api.SealedBlock;
import io.kete.receiver.ReceiverException.Reason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;

/** Opens sealed blocks with the keys of a {@link KeyRing}. Safe for any number of threads. */
public final class BlockOpener {

  private static final String NESTED_KEY = "kete.key:";
  private static final String NESTED_BLOCK = "kete.sealed:";

  private final KeyRing ring;

  public BlockOpener(KeyRing ring) {
    this.ring = ring;
  }

  /**
   * Opens the sealed part of a block.
   *
   * @param id what the header in clear says about the block
   * @param policy version of the policy according to the header in clear
   * @return the sealed readings only; every sample of the block is there
   */
  public Opened open(BlockId id, String policy, SealedBlock sealed) throws ReceiverException {
    Block content = content(id, policy, sealed);
    List<Sample> samples = new ArrayList<>(content.open());
    List<Reading> own = new ArrayList<>();
    List<Reading> nested = new ArrayList<>();
    for (Reading reading : samples.get(0).readings()) {
      boolean envelope =
          reading.channel().startsWith(NESTED_KEY) || reading.channel().startsWith(NESTED_BLOCK);
      (envelope ? nested : own).add(reading);
    }
    if (nested.isEmpty()) {
      return new Opened(content, 0);
    }
    samples.set(0, samples.get(0).withReadings(own));
    int closed = 0;
    for (int i = 0; i + 1 < nested.size(); i += 2) {
      Optional<Block> part = nested(id, policy, nested.get(i), nested.get(i + 1));
      if (part.isPresent()) {
        merge(samples, part.get().open());
      } else {
        closed++;
      }
    }
    return new Opened(new Block(id, policy, samples, Optional.empty()), closed);
  }

  /** Opens the sealed part of a block and puts its readings behind the open ones. */
  public Opened open(Block block) throws ReceiverException {
    if (block.sealed().isEmpty()) {
      return new Opened(block, 0);
    }
    Opened opened = open(block.id(), block.policy(), block.sealed().get());
    List<Sample> samples = new ArrayList<>(block.open());
    merge(samples, opened.block().open());
    return new Opened(
        new Block(block.id(), block.policy(), samples, Optional.empty()), opened.closedParts());
  }

  private Block content(BlockId id, String policy, SealedBlock sealed) throws ReceiverException {
    Optional<SecretKey> key = ring.key(sealed.epoch());
    if (key.isEmpty()) {
      throw new ReceiverException(
          Reason.UNKNOWN_EPOCH, "there is no key for epoch " + sealed.epoch());
    }
    byte[] bytes = BlockEnvelope.parse(sealed.epoch(), sealed.envelope()).decrypt(key.get());
    try {
      Block content = BlockReader.read(ByteBuffer.wrap(bytes));
      if (!content.id().equals(id) || !content.policy().equals(policy)) {
        throw new ReceiverException(
            Reason.WRONG_HEADER, "the header in clear is not the one of the sealed block");
      }
      return content;
    } catch (BlockFormatException e) {
      throw BlockEnvelope.damaged();
    }
  }

  private Optional<Block> nested(BlockId id, String policy, Reading key, Reading block)
      throws ReceiverException {
    if (!(key instanceof Measured keyBytes
        && block instanceof Measured blockBytes
        && keyBytes.value().getValue() instanceof byte[] envelope
        && blockBytes.value().getValue() instanceof byte[] sealed
        && key.channel().startsWith(NESTED_KEY))) {
      throw BlockEnvelope.damaged();
    }
    String epoch = key.channel().substring(NESTED_KEY.length());
    if (!block.channel().equals(NESTED_BLOCK + epoch)) {
      throw BlockEnvelope.damaged();
    }
    try {
      ring.add(epoch, ByteBuffer.wrap(envelope));
    } catch (ReceiverException e) {
      if (e.reason() == Reason.NOT_FOR_US) {
        return Optional.empty();
      }
      throw e;
    }
    return Optional.of(content(id, policy, new SealedBlock(epoch, ByteBuffer.wrap(sealed))));
  }

  private static void merge(List<Sample> samples, List<Sample> more) throws ReceiverException {
    for (int i = 0; i < samples.size(); i++) {
      Sample open = samples.get(i);
      Sample sealed = more.get(i);
      if (!open.asset().equals(sealed.asset())) {
        throw new ReceiverException(
            Reason.WRONG_HEADER, "open and sealed samples are of different assets");
      }
      List<Reading> readings = new ArrayList<>(open.readings());
      readings.addAll(sealed.readings());
      Set<Lineage> lineage = new LinkedHashSet<>(open.lineage());
      lineage.addAll(sealed.lineage());
      samples.set(
          i,
          new Sample(
              open.asset(), sealed.timeMillis(), open.clock(), readings, List.copyOf(lineage)));
    }
  }
}
