// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.data.listener;

import org.osgi.annotation.versioning.ConsumerType;

/** Hears of connection and messages on the service's threads; must not block. */
@ConsumerType
public interface DataServiceListener {
  /** The connection stands. */
  void onConnectionEstablished();

  /** The connection is about to be closed; messages can still go out. */
  void onDisconnecting();

  /** The connection was closed on purpose. */
  void onDisconnected();

  /** The connection broke. */
  void onConnectionLost(Throwable cause);

  /** A message came. */
  void onMessageArrived(String topic, byte[] payload, int qos, boolean retained);

  /** The transport took over a stored message. */
  void onMessagePublished(int messageId, String topic);

  /** The broker has a stored message. */
  void onMessageConfirmed(int messageId, String topic);
}
