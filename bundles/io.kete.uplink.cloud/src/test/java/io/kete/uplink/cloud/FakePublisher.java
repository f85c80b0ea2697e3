// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraNotConnectedException;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;

/** A publisher whose link, identifiers and confirmations the test decides. */
final class FakePublisher implements CloudPublisher {

  final List<KuraMessage> published = new ArrayList<>();
  private final List<CloudConnectionListener> connectionListeners = new ArrayList<>();
  private final List<CloudDeliveryListener> deliveryListeners = new ArrayList<>();
  private boolean connected = true;
  private boolean confirmDuringPublish;
  private Function<Integer, String> identifiers = n -> "m" + n;

  synchronized void connected(boolean state) {
    connected = state;
  }

  synchronized void confirmDuringPublish(boolean state) {
    confirmDuringPublish = state;
  }

  synchronized void identifiers(Function<Integer, String> byNumber) {
    identifiers = byNumber;
  }

  @Override
  public String publish(KuraMessage message) throws KuraException {
    String id;
    boolean early;
    synchronized (this) {
      if (!connected) {
        throw new KuraNotConnectedException("no link");
      }
      published.add(message);
      id = identifiers.apply(published.size());
      early = confirmDuringPublish;
    }
    if (early) {
      confirm(id);
    }
    return id;
  }

  synchronized int count() {
    return published.size();
  }

  synchronized KuraMessage message(int index) {
    return published.get(index);
  }

  void confirm(String id) {
    List.copyOf(deliveryListeners).forEach(listener -> listener.onMessageConfirmed(id));
  }

  void linkLost() {
    connected(false);
    List.copyOf(connectionListeners).forEach(CloudConnectionListener::onConnectionLost);
  }

  void linkBack() {
    connected(true);
    List.copyOf(connectionListeners).forEach(CloudConnectionListener::onConnectionEstablished);
  }

  int listeners() {
    return connectionListeners.size() + deliveryListeners.size();
  }

  @Override
  public void registerCloudConnectionListener(CloudConnectionListener listener) {
    connectionListeners.add(listener);
  }

  @Override
  public void unregisterCloudConnectionListener(CloudConnectionListener listener) {
    connectionListeners.remove(listener);
  }

  @Override
  public void registerCloudDeliveryListener(CloudDeliveryListener listener) {
    deliveryListeners.add(listener);
  }

  @Override
  public void unregisterCloudDeliveryListener(CloudDeliveryListener listener) {
    deliveryListeners.remove(listener);
  }
}
