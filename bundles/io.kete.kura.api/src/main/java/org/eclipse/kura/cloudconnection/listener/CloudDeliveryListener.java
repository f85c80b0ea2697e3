// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.cloudconnection.listener;

import org.osgi.annotation.versioning.ConsumerType;

/** Hears of confirmations on the connection's threads; must not block. */
@ConsumerType
public interface CloudDeliveryListener {
  /** The platform has the message that got this id when it was published. */
  void onMessageConfirmed(String messageId);
}
