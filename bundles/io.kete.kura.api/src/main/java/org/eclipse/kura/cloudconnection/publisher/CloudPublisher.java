// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.cloudconnection.publisher;

import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Sends messages of one kind to one platform; a configured service instance. */
@ProviderType
public interface CloudPublisher {
  /**
   * Takes over a message for sending; it is kept until the platform has it as far as the configured
   * quality of service says.
   *
   * @return the id the confirmation will carry, or null when none will come
   * @throws KuraException when the message is refused
   */
  @Nullable String publish(KuraMessage message) throws KuraException;

  /** The listener is called on the connection's threads; it must not block. */
  void registerCloudConnectionListener(CloudConnectionListener cloudConnectionListener);

  /** Nothing happens when the listener is not registered. */
  void unregisterCloudConnectionListener(CloudConnectionListener cloudConnectionListener);

  /** The listener hears of the confirmations of this publisher's messages. */
  void registerCloudDeliveryListener(CloudDeliveryListener cloudDeliveryListener);

  /** Nothing happens when the listener is not registered. */
  void unregisterCloudDeliveryListener(CloudDeliveryListener cloudDeliveryListener);
}
