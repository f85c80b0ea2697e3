// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The sending side of a stream. Gives out only what is on the medium. Used by one thread at a time,
 * except {@link #acknowledge(Parcel)}, which may come from any thread.
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
   * The receiver has confirmed all of the parcel; its space may be used again. Order does not
   * matter, twice is the same as once.
   */
  void acknowledge(Parcel parcel);

  /**
   * After a loss of the link: everything given out and not acknowledged will be given out again,
   * marked as replay.
   */
  void rewind();

  /** Lets go of the stream; what was not acknowledged stays. */
  @Override
  void close();
}
