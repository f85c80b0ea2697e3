// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.standin;

import io.kete.kapua.codec.KuraPayloadEncoder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallbackExtended;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Stands in for Kura's publisher and all below it, with Kura's own MQTT client. */
final class Publisher implements CloudPublisher, MqttCallbackExtended, AutoCloseable {

  private static final int AT_ONCE = 1_000;
  private static final int RECONNECT_MILLIS = 1_000;

  private final String prefix;
  private final String topic;
  private final MqttAsyncClient client;
  private final KuraPayloadEncoder encoder = new KuraPayloadEncoder();
  private final AtomicLong ids = new AtomicLong();
  private final List<CloudDeliveryListener> deliveries = new CopyOnWriteArrayList<>();
  private final List<CloudConnectionListener> connections = new CopyOnWriteArrayList<>();

  Publisher(String pid, Map<String, Object> properties, Map<String, Object> transport)
      throws MqttException {
    prefix =
        "%s/%s/%s/"
            .formatted(
                transport.get("topic.context.account-name"),
                transport.get("client-id"),
                properties.get("appId"));
    topic = String.valueOf(properties.get("app.topic"));
    String broker = String.valueOf(transport.get("broker-url")).replace("mqtt:", "tcp:");
    client = new MqttAsyncClient(broker, pid, new MemoryPersistence());
    client.setCallback(this);
    MqttConnectOptions options = new MqttConnectOptions();
    options.setMaxInflight(AT_ONCE);
    options.setAutomaticReconnect(true);
    options.setMaxReconnectDelay(RECONNECT_MILLIS);
    client.connect(options).waitForCompletion();
  }

  @Override
  public String publish(KuraMessage message) throws KuraException {
    String asset = String.valueOf(message.getProperties().get("assetName"));
    String id = Long.toString(ids.incrementAndGet());
    try {
      client.publish(
          prefix + topic.replace("$assetName", asset), encode(message), 1, false, id, null);
      return id;
    } catch (MqttException e) {
      throw new KuraException(KuraErrorCode.CONNECTION_FAILED, e);
    }
  }

  private synchronized byte[] encode(KuraMessage message) {
    return encoder.encodeShortest(message.getPayload());
  }

  @Override
  public void deliveryComplete(IMqttDeliveryToken token) {
    String id = String.valueOf(token.getUserContext());
    deliveries.forEach(listener -> listener.onMessageConfirmed(id));
  }

  @Override
  public void connectComplete(boolean again, String broker) {
    connections.forEach(CloudConnectionListener::onConnectionEstablished);
  }

  @Override
  public void connectionLost(Throwable cause) {
    connections.forEach(CloudConnectionListener::onConnectionLost);
  }

  @Override
  public void messageArrived(String from, MqttMessage message) {
    // nothing is subscribed
  }

  @Override
  public void registerCloudConnectionListener(CloudConnectionListener listener) {
    connections.add(listener);
    if (client.isConnected()) {
      listener.onConnectionEstablished();
    }
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

  @Override
  public void close() throws MqttException {
    client.disconnectForcibly(100, 100);
    client.close();
    encoder.close();
  }
}
