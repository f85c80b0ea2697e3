// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who wants to hear of the connection; one that throws does not keep the others from hearing. */
final class ConnectionListeners implements CloudConnectionListener {

  private static final Logger logger = LoggerFactory.getLogger(ConnectionListeners.class);

  private final List<CloudConnectionListener> listeners = new CopyOnWriteArrayList<>();

  void add(CloudConnectionListener listener) {
    listeners.add(listener);
  }

  void remove(CloudConnectionListener listener) {
    listeners.remove(listener);
  }

  @Override
  public void onConnectionEstablished() {
    each(CloudConnectionListener::onConnectionEstablished);
  }

  @Override
  public void onConnectionLost() {
    each(CloudConnectionListener::onConnectionLost);
  }

  @Override
  public void onDisconnected() {
    each(CloudConnectionListener::onDisconnected);
  }

  private void each(Consumer<CloudConnectionListener> call) {
    for (CloudConnectionListener listener : listeners) {
      try {
        call.accept(listener);
      } catch (RuntimeException e) {
        logger.error("listener_failed listener={}", listener.getClass().getName(), e);
      }
    }
  }
}
