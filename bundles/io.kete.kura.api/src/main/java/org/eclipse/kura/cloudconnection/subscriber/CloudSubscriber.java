// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.cloudconnection.subscriber;

import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.osgi.annotation.versioning.ProviderType;

/** Receives messages of one kind from one platform; a configured service instance. */
@ProviderType
public interface CloudSubscriber {
  /** The listener is called on the connection's threads; it must not block. */
  void registerCloudSubscriberListener(CloudSubscriberListener listener);

  /** Nothing happens when the listener is not registered. */
  void unregisterCloudSubscriberListener(CloudSubscriberListener listener);

  /** The listener is called on the connection's threads; it must not block. */
  void registerCloudConnectionListener(CloudConnectionListener cloudConnectionListener);

  /** Nothing happens when the listener is not registered. */
  void unregisterCloudConnectionListener(CloudConnectionListener cloudConnectionListener);
}
