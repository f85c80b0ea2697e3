// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.driver.descriptor;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** A driver instance and the keys it wants on each channel. */
@ProviderType
public class DriverDescriptor {
  private final String pid;
  private final String factoryPid;
  private final @Nullable Object channelDescriptor;

  /** Keeps what is given. */
  public DriverDescriptor(String pid, String factoryPid, @Nullable Object channelDescriptor) {
    this.pid = pid;
    this.factoryPid = factoryPid;
    this.channelDescriptor = channelDescriptor;
  }

  /** The instance's {@code kura.service.pid}. */
  public String getPid() {
    return pid;
  }

  /** The kind of driver. */
  public String getFactoryPid() {
    return factoryPid;
  }

  /** What {@link org.eclipse.kura.driver.ChannelDescriptor#getDescriptor} gave. */
  public @Nullable Object getChannelDescriptor() {
    return channelDescriptor;
  }
}
