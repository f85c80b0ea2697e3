// SPDX-License-Identifier: EPL-2.0
package io.kete.data.api;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * The key of one epoch, enveloped for every recipient that may read data of that epoch. It has to
 * reach the centre once for each stream that holds blocks of the epoch.
 *
 * @param epoch identifier of the epoch in hexadecimal, as in {@link SealedBlock#epoch()}
 * @param envelope DER of a CMS EnvelopedData (RFC 5652) or AuthEnvelopedData; read only, each call
 *     gives a view of its own
 */
public record KeyEnvelope(String epoch, ByteBuffer envelope) {

  public KeyEnvelope {
    Objects.requireNonNull(epoch, "epoch");
    envelope = envelope.asReadOnlyBuffer();
  }

  /** A view on the envelope with a position of its own. */
  @Override
  public ByteBuffer envelope() {
    return envelope.duplicate();
  }
}
