// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.cloudconnection;

import java.util.Collections;
import java.util.Map;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** The end of a cloud connection that publishers and subscribers are built on. */
@ProviderType
public interface CloudEndpoint {
  /**
   * Takes over a message for sending.
   *
   * @return the id the confirmation will carry, or null when none will come
   * @throws KuraException when the message is refused
   */
  @Nullable String publish(KuraMessage message) throws KuraException;

  /** Asks for the messages that the properties describe. */
  void registerSubscriber(
      Map<String, Object> subscriptionProperties, CloudSubscriberListener cloudSubscriberListener);

  /** Nothing happens when the listener is not registered. */
  void unregisterSubscriber(CloudSubscriberListener cloudSubscriberListener);

  /** Facts about the endpoint for people; empty unless it has some. */
  default Map<String, String> getInfo() {
    return Collections.emptyMap();
  }

  /** The listener hears of every confirmation of this endpoint. */
  void registerCloudDeliveryListener(CloudDeliveryListener cloudDeliveryListener);

  /** Nothing happens when the listener is not registered. */
  void unregisterCloudDeliveryListener(CloudDeliveryListener cloudDeliveryListener);
}
