// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.api;

import io.kete.data.api.Block;
import io.kete.data.api.KeyEnvelope;
import java.util.Objects;

/** What an outlet gives out at once and is acknowledged at once. */
public sealed interface Parcel {

  /** Position in the stream: first sequence number the parcel speaks of. */
  long firstSeq();

  /** Stored samples. {@code replay} is true when they were sent before or are backlog. */
  record Samples(Block block, boolean replay) implements Parcel {

    public Samples {
      Objects.requireNonNull(block, "block");
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
  }

  /** A range that was dropped, to be told to the receiver. */
  record Dropped(long incarnation, long firstSeq, long count, String reason) implements Parcel {

    public Dropped {
      Objects.requireNonNull(reason, "reason");
    }
  }
}
