// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.channel.listener;

import org.osgi.annotation.versioning.ConsumerType;

/** Is called on a driver's thread; must not block. */
@FunctionalInterface
@ConsumerType
public interface ChannelListener {
  /** A value arrived, or its channel failed. */
  void onChannelEvent(ChannelEvent event);
}
