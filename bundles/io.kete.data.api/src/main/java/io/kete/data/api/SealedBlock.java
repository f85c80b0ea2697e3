// SPDX-License-Identifier: EPL-2.0
package io.kete.data.api;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * The part of a block that only the holder of a key can read.
 *
 * @param epoch key epoch the envelope is sealed under, as its key identifier in hexadecimal
 * @param envelope DER of a CMS AuthEnvelopedData (RFC 5083); read only, each call gives a view of
 *     its own
 */
public record SealedBlock(String epoch, ByteBuffer envelope) {

  public SealedBlock {
    Objects.requireNonNull(epoch, "epoch");
    envelope = envelope.asReadOnlyBuffer();
  }

  /** A view on the envelope with a position of its own. */
  @Override
  public ByteBuffer envelope() {
    return envelope.duplicate();
  }
}
