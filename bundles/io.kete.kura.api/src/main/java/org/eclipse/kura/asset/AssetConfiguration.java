// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.asset;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import org.eclipse.kura.annotation.Immutable;
import org.eclipse.kura.annotation.ThreadSafe;
import org.eclipse.kura.channel.Channel;
import org.osgi.annotation.versioning.ProviderType;

/** What an asset is made of; the channel map cannot be changed through it. */
@Immutable
@ThreadSafe
@ProviderType
public class AssetConfiguration {
  private final String driverPid;
  private final Map<String, Channel> assetChannels;
  private String assetDescription;

  /** Channels are keyed by their name; the map is kept as a view, not copied. */
  public AssetConfiguration(String description, String driverPid, Map<String, Channel> channels) {
    this.assetDescription = Objects.requireNonNull(description, "description");
    this.driverPid = Objects.requireNonNull(driverPid, "driverPid");
    this.assetChannels = Collections.unmodifiableMap(channels);
  }

  /** The channels by name, read-only. */
  public Map<String, Channel> getAssetChannels() {
    return assetChannels;
  }

  /** A text for people. */
  public String getAssetDescription() {
    return assetDescription;
  }

  /** The {@code kura.service.pid} of the driver. */
  public String getDriverPid() {
    return driverPid;
  }

  /** Sets the text for people. */
  public void setAssetDescription(String description) {
    this.assetDescription = Objects.requireNonNull(description, "description");
  }

  @Override
  public String toString() {
    return "AssetConfiguration [description="
        + assetDescription
        + ", driver="
        + driverPid
        + ", channels="
        + assetChannels
        + "]";
  }
}
