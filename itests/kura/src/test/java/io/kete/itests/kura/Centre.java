// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.kura;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;

/** Stands in for Kura's publisher and all behind it: takes and confirms every message at once. */
final class Centre implements CloudPublisher {

  private final List<CloudDeliveryListener> deliveries = new CopyOnWriteArrayList<>();
  private final List<CloudConnectionListener> connections = new CopyOnWriteArrayList<>();
  private final List<Map<String, Object>> received = new CopyOnWriteArrayList<>();
  private final AtomicLong ids = new AtomicLong();

  /** The metrics of every message, in the order of their arrival. */
  List<Map<String, Object>> received() {
    return received;
  }

  /** How many are connected to it. */
  int listeners() {
    return deliveries.size() + connections.size();
  }

  @Override
  public String publish(KuraMessage message) {
    received.add(Map.copyOf(message.getPayload().metrics()));
    String id = Long.toString(ids.incrementAndGet());
    // Kura confirms on a thread of its own, after it has given the id
    Thread confirming =
        new Thread(() -> deliveries.forEach(listener -> listener.onMessageConfirmed(id)), "centre");
    confirming.start();
    return id;
  }

  @Override
  public void registerCloudConnectionListener(CloudConnectionListener listener) {
    connections.add(listener);
  }

  @Override
  public void unregisterCloudConnectionListener(CloudConnectionListener listener) {
    connections.remove(listener);
  }

  @Override
  public void registerCloudDeliveryListener(CloudDeliveryListener listener) {
    deliveries.add(listener);
  }

  @Override
  public void unregisterCloudDeliveryListener(CloudDeliveryListener listener) {
    deliveries.remove(listener);
  }
}
