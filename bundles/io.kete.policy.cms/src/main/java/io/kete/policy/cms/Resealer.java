// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms;

import io.kete.data.api.Block;
import io.kete.data.api.BlockFormatException;
import io.kete.data.api.BlockReader;
import io.kete.data.api.SealedBlock;
import io.kete.policy.api.Resealed;
import io.kete.policy.cms.envelope.KeyEpoch;
import io.kete.policy.cms.envelope.Lanes;
import io.kete.policy.cms.envelope.Ticket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.crypto.Cipher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens blocks of an epoch in force and seals what is made of them; one use. */
final class Resealer {

  private static final Logger logger = LoggerFactory.getLogger(Resealer.class);

  private final Lanes lanes;

  Resealer(Lanes lanes) {
    this.lanes = lanes;
  }

  Optional<Resealed> reseal(List<Block> blocks, Function<List<Block>, byte[]> form) {
    Set<String> ids =
        blocks.stream()
            .flatMap(block -> block.sealed().stream())
            .map(SealedBlock::epoch)
            .collect(Collectors.toSet());
    if (ids.size() != 1) {
      return Optional.empty();
    }
    Optional<KeyEpoch> epoch = lanes.epoch(ids.iterator().next());
    Optional<Ticket> ticket = epoch.flatMap(lanes::ticketLike);
    if (ticket.isEmpty()) {
      return Optional.empty();
    }
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      byte[] bytes = form.apply(opened(cipher, epoch.get(), blocks));
      SealedBlock content = ticket.get().seal(cipher, bytes);
      return Optional.of(new Resealed(content, ticket.get().epoch().envelope()));
    } catch (GeneralSecurityException | BlockFormatException e) {
      logger.error(
          "reseal_failed epoch={} reason={}", epoch.get().id(), e.getClass().getSimpleName());
      return Optional.empty();
    }
  }

  private static List<Block> opened(Cipher cipher, KeyEpoch epoch, List<Block> blocks)
      throws GeneralSecurityException, BlockFormatException {
    List<Block> opened = new ArrayList<>();
    for (Block block : blocks) {
      if (block.sealed().isPresent()) {
        Block content = BlockReader.read(ByteBuffer.wrap(epoch.open(cipher, block.sealed().get())));
        if (!content.id().equals(block.id()) || !content.policy().equals(block.policy())) {
          throw new GeneralSecurityException("the header in clear is another one");
        }
        opened.add(content);
      }
    }
    return opened;
  }
}
