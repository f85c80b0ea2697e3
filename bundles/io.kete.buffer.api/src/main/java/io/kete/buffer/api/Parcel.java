// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.api;

import io.kete.data.api.Block;
import io.kete.data.api.BlockWriter;
import io.kete.data.api.KeyEnvelope;
import java.util.Objects;

/** What an outlet gives out at once and is acknowledged at once. */
public sealed interface Parcel {

  /** Position in the stream: first sequence number the parcel speaks of. */
  long firstSeq();

  /**
   * Size of the content in its byte form. What a transport makes of it may be larger or smaller.
   */
  int bytes();

  /**
   * Stored samples.
   *
   * @param replay true when they were sent before or are backlog
   * @param bytes size of the block in its byte form
   */
  record Samples(Block block, boolean replay, int bytes) implements Parcel {

    public Samples {
      Objects.requireNonNull(block, "block");
    }

    /** Finds the size by encoding the block. */
    public Samples(Block block, boolean replay) {
      this(block, replay, new BlockWriter().write(block).length);
    }

    @Override
    public long firstSeq() {
      return block.id().firstSeq();
    }
  }

  /** The key of an epoch, needed from sample {@code firstSeq} on. */
  record Key(String gateway, long incarnation, long firstSeq, KeyEnvelope envelope)
      implements Parcel {

    public Key {
      Objects.requireNonNull(gateway, "gateway");
      Objects.requireNonNull(envelope, "envelope");
    }

    @Override
    public int bytes() {
      return envelope.envelope().remaining();
    }
  }

  /** A range that was dropped, to be told to the receiver. */
  record Dropped(long incarnation, long firstSeq, long count, String reason) implements Parcel {

    public Dropped {
      Objects.requireNonNull(reason, "reason");
    }

    @Override
    public int bytes() {
      return 3 * Long.BYTES + reason.length();
    }
  }
}
