// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import java.util.Map;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudNotificationPublisher;

/**
 * Sends notifications of request handlers to whoever made the request. The message carries the
 * properties that Kura's own handlers set: {@code appId}, {@code messageType} and {@code
 * requestorClientId}.
 */
final class Notifications implements CloudNotificationPublisher {

  private final Endpoint endpoint;

  Notifications(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public String publish(KuraMessage message) throws KuraException {
    Map<String, Object> properties = message.getProperties();
    if (properties.get("appId") instanceof String application
        && properties.get("messageType") instanceof String what
        && properties.get("requestorClientId") instanceof String requester) {
      String topic = endpoint.address().notification(requester, application, what);
      return Integer.toString(
          endpoint.send(topic, message.getPayload(), 0, false, Confirmation.NONE));
    }
    throw new KuraException(
        KuraErrorCode.INVALID_PARAMETER,
        "a notification needs the properties appId, messageType, requestorClientId");
  }

  @Override
  public void registerCloudConnectionListener(CloudConnectionListener listener) {
    endpoint.registerCloudConnectionListener(listener);
  }

  @Override
  public void unregisterCloudConnectionListener(CloudConnectionListener listener) {
    endpoint.unregisterCloudConnectionListener(listener);
  }

  /** Notifications have QoS 0: there is nothing to deliver. */
  @Override
  public void registerCloudDeliveryListener(CloudDeliveryListener listener) {}

  @Override
  public void unregisterCloudDeliveryListener(CloudDeliveryListener listener) {}
}
