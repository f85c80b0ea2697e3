// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud.exit;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.kura.data.DataTransportService;
import org.eclipse.kura.data.DataTransportToken;
import org.eclipse.kura.data.transport.listener.DataTransportListener;

/** A transport that keeps what it is given. */
final class FakeTransport implements DataTransportService {

  final List<String> topics = new ArrayList<>();
  final List<byte[]> payloads = new ArrayList<>();
  final List<DataTransportListener> listeners = new ArrayList<>();

  DataTransportListener listener() {
    return listeners.get(0);
  }

  @Override
  public void connect() {}

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public String getBrokerUrl() {
    return "mqtt://localhost";
  }

  @Override
  public String getAccountName() {
    return "acme";
  }

  @Override
  public String getUsername() {
    return "user";
  }

  @Override
  public String getClientId() {
    return "gw-1";
  }

  @Override
  public void disconnect(long quiesceTimeout) {}

  @Override
  public void subscribe(String topic, int qos) {}

  @Override
  public void unsubscribe(String topic) {}

  @Override
  public DataTransportToken publish(String topic, byte[] payload, int qos, boolean retain) {
    topics.add(topic + ":" + qos);
    payloads.add(payload);
    return new DataTransportToken(topics.size(), "s");
  }

  @Override
  public void addDataTransportListener(DataTransportListener listener) {
    listeners.add(listener);
  }

  @Override
  public void removeDataTransportListener(DataTransportListener listener) {
    listeners.remove(listener);
  }
}
