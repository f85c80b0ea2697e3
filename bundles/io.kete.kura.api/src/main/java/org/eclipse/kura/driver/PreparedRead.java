// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.driver;

import java.util.List;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.channel.ChannelRecord;
import org.osgi.annotation.versioning.ProviderType;

/** A read whose records were parsed and grouped beforehand, for calling often. */
@SuppressWarnings("try")
@ProviderType
public interface PreparedRead extends AutoCloseable {
  /**
   * Reads now and fills the records given to {@link Driver#prepareRead}.
   *
   * @throws Driver.ConnectionException when the device cannot be reached
   * @throws KuraException when the driver cannot do it any more
   */
  List<ChannelRecord> execute() throws Driver.ConnectionException, KuraException;

  /** The records that {@link #execute} fills. */
  List<ChannelRecord> getChannelRecords();
}
