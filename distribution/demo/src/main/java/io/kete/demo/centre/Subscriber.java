// SPDX-License-Identifier: EPL-2.0
package io.kete.demo.centre;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Optional;
import javax.net.SocketFactory;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * The centre's connection to the broker: a session that the broker keeps while the connection is
 * away, QoS 1.
 */
public final class Subscriber implements AutoCloseable {

  private static final long LIMIT_MILLIS = 10_000;

  private final MqttClient client;
  private final Login login;

  /** Name and password for the broker. */
  public record Login(String user, String password) {
    @Override
    public String toString() {
      return "Login[" + user + "]";
    }
  }

  /**
   * Connects and subscribes.
   *
   * @param url of the broker, {@code tcp://host:port}
   * @param login empty when the broker asks for none
   * @param filter topics
   */
  public Subscriber(
      String url, String clientId, Optional<Login> login, String filter, Reception reception)
      throws MqttException {
    this.client = new MqttClient(url, clientId, new MemoryPersistence());
    this.login = login.orElse(new Login("", ""));
    client.setTimeToWait(LIMIT_MILLIS);
    client.setCallback(new Inbox(reception));
    client.connect(options(this.login, false));
    client.subscribe(filter, 1);
  }

  static MqttConnectOptions options(Login login, boolean clean) {
    MqttConnectOptions options = new MqttConnectOptions();
    options.setCleanSession(clean);
    options.setAutomaticReconnect(!clean);
    options.setSocketFactory(new NoDelay());
    if (!login.user().isEmpty()) {
      options.setUserName(login.user());
      options.setPassword(login.password().toCharArray());
    }
    return options;
  }

  /** Whether the connection stands at the moment. */
  public boolean isConnected() {
    return client.isConnected();
  }

  /** Leaves, and takes the session off the broker. */
  @Override
  public void close() throws MqttException {
    try {
      if (client.isConnected()) {
        client.disconnect();
      }
      client.connect(options(login, true));
      client.disconnect();
    } finally {
      client.close();
    }
  }

  private record Inbox(Reception reception) implements MqttCallback {
    @Override
    public void connectionLost(Throwable cause) {
      // Paho connects again by itself; what is missing then shows in the comparison
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      reception.accept(message.getPayload());
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
      // nothing is published here
    }
  }

  /** Without it, small packets wait for one another's confirmations. */
  private static final class NoDelay extends SocketFactory {

    private static Socket noDelay(Socket socket) throws IOException {
      socket.setTcpNoDelay(true);
      return socket;
    }

    @Override
    public Socket createSocket() throws IOException {
      return noDelay(new Socket());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return noDelay(new Socket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
        throws IOException {
      return noDelay(new Socket(host, port, local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return noDelay(new Socket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
        throws IOException {
      return noDelay(new Socket(host, port, local, localPort));
    }
  }
}
