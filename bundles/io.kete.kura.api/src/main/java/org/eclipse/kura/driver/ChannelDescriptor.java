// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.driver;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Says which keys a driver wants on each channel. */
@ProviderType
public interface ChannelDescriptor {
  /** A list of {@link org.eclipse.kura.configuration.metatype.AD}, or null when there are none. */
  @Nullable Object getDescriptor();
}
