// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud.exit;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;

/** Through any {@code CloudPublisher}, which has topic, encoding and perhaps a store of its own. */
public final class PublisherExit implements Exit {

  private final CloudPublisher publisher;
  private final BooleanSupplier connected;
  private Optional<Listener> listener = Optional.empty();

  /**
   * Listens to nothing yet.
   *
   * @param connected whether there is a link. A publisher with a store takes messages without one;
   *     if that were not known, each wait for a confirmation would store the same messages again
   */
  public PublisherExit(CloudPublisher publisher, BooleanSupplier connected) {
    this.publisher = publisher;
    this.connected = connected;
  }

  private record Listener(Events events) implements CloudConnectionListener, CloudDeliveryListener {

    @Override
    public void onMessageConfirmed(String messageId) {
      events.confirmed(messageId);
    }

    @Override
    public void onConnectionEstablished() {
      events.linkUp();
    }

    @Override
    public void onConnectionLost() {
      events.linkLost();
    }

    @Override
    public void onDisconnected() {
      events.linkLost();
    }
  }

  @Override
  public void open(Events events) {
    Listener opened = new Listener(events);
    listener = Optional.of(opened);
    publisher.registerCloudConnectionListener(opened);
    publisher.registerCloudDeliveryListener(opened);
  }

  @Override
  public boolean isConnected() {
    return connected.getAsBoolean();
  }

  @Override
  public Letter letter(KuraMessage message) {
    return new Letter.Open(message, PayloadSize.of(message.getPayload()) + PayloadSize.PACKET);
  }

  @Override
  public Object send(Letter letter) throws KuraException {
    if (!(letter instanceof Letter.Open open)) {
      throw new IllegalArgumentException("a letter of another exit");
    }
    String id = publisher.publish(open.message());
    if (id == null) {
      throw new KuraException(
          KuraErrorCode.CONFIGURATION_ERROR,
          "the publisher gives no message id; set its qos to 1, so that messages are confirmed");
    }
    return id;
  }

  @Override
  public void close() {
    listener.ifPresent(publisher::unregisterCloudDeliveryListener);
    listener.ifPresent(publisher::unregisterCloudConnectionListener);
    listener = Optional.empty();
  }
}
