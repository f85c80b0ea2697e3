// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.cloudconnection;

import org.eclipse.kura.KuraConnectException;
import org.eclipse.kura.KuraDisconnectException;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.osgi.annotation.versioning.ProviderType;

/** Switches one cloud connection on and off and tells of its state. */
@ProviderType
public interface CloudConnectionManager {
  /**
   * Connects and waits for the outcome.
   *
   * @throws KuraConnectException when it fails
   */
  void connect() throws KuraConnectException;

  /**
   * Says goodbye and disconnects; it stays so until {@link #connect}.
   *
   * @throws KuraDisconnectException when it fails
   */
  void disconnect() throws KuraDisconnectException;

  /** Whether messages can go out now. */
  boolean isConnected();

  /** The listener is called on the connection's threads; it must not block. */
  void registerCloudConnectionListener(CloudConnectionListener cloudConnectionListener);

  /** Nothing happens when the listener is not registered. */
  void unregisterCloudConnectionListener(CloudConnectionListener cloudConnectionListener);
}
