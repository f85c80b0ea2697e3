// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The sending side of a stream. Gives out only what is on the medium. Used by one thread at a time,
 * except {@link #acknowledge} and {@link #giveUp}, which may come from any thread.
 *
 * <p>A consumer asks either for all parcels in one order or for the two lanes one by one; each
 * parcel is given out once, whatever was asked. A parcel that cannot be had at present, because its
 * segment is being repaired, ends the answer early; the wakeup comes when there is more.
 */
@ProviderType
public interface Outlet extends AutoCloseable {

  /**
   * The next parcels that were not given out yet, oldest first; empty when there is none at
   * present. A key envelope comes before the first block that needs it.
   *
   * @param max most parcels to give, at least 1
   */
  List<Parcel> poll(int max);

  /**
   * The next parcels of one lane, oldest first; empty when there is none at present.
   *
   * <p>When the outlet is opened or rewound all that is stored is backlog, what is stored later is
   * live. When the live lane is not taken in time it becomes backlog, and live goes on with the
   * newest block. A stream that is configured to have one lane has no live parcels.
   *
   * <p>A key envelope comes before the first block of the lane that needs it, so it may come once
   * in each lane. Parcels of the two lanes may be sent in any order among each other.
   *
   * @param max most parcels to give, at least 1
   */
  List<Parcel> poll(Lane lane, int max);

  /**
   * The receiver has confirmed all of the parcel; its space may be used again. Order does not
   * matter, twice is the same as once.
   */
  void acknowledge(Parcel parcel);

  /**
   * No receiver can ever have these samples of a parcel that was given out, for instance because
   * the broker refuses their size. What is neither delivered nor dropped yet of the range counts as
   * dropped from now on, and the backlog lane tells it; the rest of the parcel is acknowledged
   * afterwards as usual. May be called from any thread.
   *
   * @param reason short and of few kinds, since the stream counts by reason
   */
  void giveUp(long firstSeq, long count, String reason);

  /**
   * After a loss of the link: everything given out and not acknowledged will be given out again as
   * backlog, marked as replay.
   */
  void rewind();

  /** Lets go of the stream; what was not acknowledged stays. */
  @Override
  void close();
}
