// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.asset;

import java.util.List;
import java.util.Set;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.listener.ChannelListener;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A field device as its channels. Offered as a service with the property {@code kura.service.pid}.
 * An unreachable device gives records with a failure status, not an exception.
 */
@ProviderType
public interface Asset {
  /** Description, driver and channels. */
  AssetConfiguration getAssetConfiguration();

  /**
   * Reads the named channels; waits for the device.
   *
   * @throws KuraException when the asset has no driver or is misconfigured
   */
  List<ChannelRecord> read(Set<String> channelNames) throws KuraException;

  /**
   * Reads every channel that may be read; waits for the device.
   *
   * @throws KuraException when the asset has no driver or is misconfigured
   */
  List<ChannelRecord> readAllChannels() throws KuraException;

  /**
   * Asks for values of a channel as they arrive.
   *
   * @throws KuraException when the driver refuses
   */
  void registerChannelListener(String channelName, ChannelListener channelListener)
      throws KuraException;

  /**
   * Ends what {@link #registerChannelListener} began, for all channels of the listener.
   *
   * @throws KuraException when the driver refuses
   */
  void unregisterChannelListener(ChannelListener channelListener) throws KuraException;

  /**
   * Writes the records and sets the status of each.
   *
   * @throws KuraException when the asset has no driver or is misconfigured
   */
  void write(List<ChannelRecord> channelRecords) throws KuraException;
}
