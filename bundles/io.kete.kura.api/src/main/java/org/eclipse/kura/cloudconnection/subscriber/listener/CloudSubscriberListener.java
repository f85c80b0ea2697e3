// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.cloudconnection.subscriber.listener;

import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.osgi.annotation.versioning.ConsumerType;

/** Takes the messages of a subscriber on the connection's threads; must not block. */
@FunctionalInterface
@ConsumerType
public interface CloudSubscriberListener {
  /** A message came. */
  void onMessageArrived(KuraMessage message);
}
