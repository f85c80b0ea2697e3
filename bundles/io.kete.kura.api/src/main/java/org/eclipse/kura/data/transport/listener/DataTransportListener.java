// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.data.transport.listener;

import org.eclipse.kura.data.DataTransportToken;
import org.osgi.annotation.versioning.ConsumerType;

/** Hears of connection and messages on the transport's threads; must not block. */
@ConsumerType
public interface DataTransportListener {
  /** The connection stands; tells whether the broker has no session left from before. */
  void onConnectionEstablished(boolean newSession);

  /** The connection is about to be closed; messages can still go out. */
  void onDisconnecting();

  /** The connection was closed on purpose. */
  void onDisconnected();

  /** The configuration is about to change; tells whether the session will be a new one. */
  void onConfigurationUpdating(boolean wasConnected);

  /** The configuration changed. */
  void onConfigurationUpdated(boolean wasConnected);

  /** The connection broke. */
  void onConnectionLost(Throwable cause);

  /** A message came. */
  void onMessageArrived(String topic, byte[] payload, int qos, boolean retained);

  /** The broker has the message. */
  void onMessageConfirmed(DataTransportToken token);
}
