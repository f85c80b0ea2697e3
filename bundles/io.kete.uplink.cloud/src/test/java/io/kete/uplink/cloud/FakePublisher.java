// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraNotConnectedException;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;

/** A publisher whose link, identifiers, refusals and confirmations the test decides. */
final class FakePublisher implements CloudPublisher {

  final List<KuraMessage> published = new ArrayList<>();
  private final List<CloudConnectionListener> connectionListeners = new ArrayList<>();
  private final List<CloudDeliveryListener> deliveryListeners = new ArrayList<>();
  private boolean connected = true;
  private boolean hasStore;
  private boolean confirmDuringPublish;
  private int attempts;
  private Function<Integer, String> identifiers = n -> "m" + n;
  private Function<Long, Optional<KuraException>> refusals = seq -> Optional.empty();

  synchronized void connected(boolean state) {
    connected = state;
  }

  synchronized boolean isConnected() {
    return connected;
  }

  /** Takes messages without a link, as a publisher does that stores them. */
  synchronized void hasStore() {
    hasStore = true;
  }

  synchronized void confirmDuringPublish(boolean state) {
    confirmDuringPublish = state;
  }

  synchronized void identifiers(Function<Integer, String> byNumber) {
    identifiers = byNumber;
  }

  synchronized void refuse(Function<Long, Optional<KuraException>> bySeq) {
    refusals = bySeq;
  }

  synchronized int attempts() {
    return attempts;
  }

  @Override
  public String publish(KuraMessage message) throws KuraException {
    String id;
    boolean early;
    synchronized (this) {
      attempts++;
      if (!connected && !hasStore) {
        throw new KuraNotConnectedException("no link");
      }
      Object seq = message.getPayload().getMetric("kete.seq");
      Optional<KuraException> refusal =
          seq instanceof Long number ? refusals.apply(number) : Optional.empty();
      if (refusal.isPresent()) {
        throw refusal.get();
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

  synchronized List<Object> seqs() {
    return published.stream().map(m -> m.getPayload().getMetric("kete.seq")).toList();
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
