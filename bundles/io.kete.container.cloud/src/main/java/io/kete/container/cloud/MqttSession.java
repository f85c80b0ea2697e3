// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;
import org.eclipse.kura.KuraConnectException;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraNotConnectedException;
import org.eclipse.kura.KuraTimeoutException;
import org.eclipse.kura.KuraTooManyInflightMessagesException;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One MQTT connection, from CONNECT to its end; never used again after that. */
final class MqttSession {

  private static final Logger logger = LoggerFactory.getLogger(MqttSession.class);
  private static final int REFUSED_BY_BROKER = 0x80;
  private static final int CLIENT_MARGIN = 1000;
  private static final Duration SETTLE = Duration.ofMillis(500);

  /**
   * Where sockets come from.
   *
   * @param verifyHost whether the client has to check the broker's name; an SslManagerService's
   *     sockets do it themselves, as they are told
   */
  record Sockets(SocketFactory factory, boolean verifyHost) {}

  /** Hears what happens; on the MQTT client's threads. */
  interface Events {

    void lost(MqttSession session, Throwable cause);

    void arrived(String topic, MqttMessage message);

    void confirmed(Sent sent);
  }

  private final MqttAsyncClient client;
  private final Events events;
  private final Duration limit;
  private final int maxInflight;
  private final AtomicInteger unconfirmed = new AtomicInteger();
  private final IMqttActionListener confirmations = new Confirmations();

  private MqttSession(MqttAsyncClient client, Events events, Duration limit, int maxInflight) {
    this.maxInflight = maxInflight;
    this.client = client;
    this.events = events;
    this.limit = limit;
  }

  /** Connects; returns within the settings' limit, or throws with a diagnosis as message. */
  static MqttSession open(
      TransportSettings settings, char[] password, Sockets sockets, Events events)
      throws KuraConnectException {
    MqttAsyncClient client;
    try {
      client =
          new MqttAsyncClient(
              settings.broker().serverUri(), settings.clientId().value(), new MemoryPersistence());
    } catch (MqttException e) {
      throw new KuraConnectException(e, Diagnosis.of(e));
    }
    MqttSession session = new MqttSession(client, events, settings.limit(), settings.maxInflight());
    client.setCallback(session.new Callback());
    try {
      Reply reply = new Reply();
      IMqttToken connecting = client.connect(options(settings, password, sockets), null, reply);
      try {
        // by the token, not by a listener: a connection that ends at once ends the token but tells
        // no listener
        connecting.waitForCompletion(settings.limit().toMillis());
      } catch (MqttException e) {
        settle(reply);
        throw e;
      }
      if (!client.isConnected()) {
        throw new MqttException(MqttException.REASON_CODE_CONNECTION_LOST);
      }
      return session;
    } catch (MqttException e) {
      session.abandon();
      throw new KuraConnectException(e, Diagnosis.of(e));
    }
  }

  /**
   * Lets the client finish starting its threads, even when this thread is told to stop; stopped in
   * the middle, one of them would stay.
   */
  private static void settle(Reply connecting) {
    long end = System.nanoTime() + SETTLE.toNanos();
    boolean interrupted = Thread.interrupted();
    while (!connecting.isDone() && System.nanoTime() < end) {
      try {
        connecting.await(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
      } catch (MqttException | TimeoutException over) {
        logger.debug("connect_not_settled cause={}", over.toString());
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static MqttConnectOptions options(
      TransportSettings settings, char[] password, Sockets sockets) {
    MqttConnectOptions options = new MqttConnectOptions();
    options.setMqttVersion(settings.mqttVersion());
    options.setCleanSession(settings.cleanSession());
    options.setKeepAliveInterval(settings.keepAliveSeconds());
    options.setConnectionTimeout((int) Math.max(1, settings.limit().toSeconds()));
    // the client counts a message only when its thread takes it up; the exact limit is kept here
    options.setMaxInflight(settings.maxInflight() + CLIENT_MARGIN);
    options.setAutomaticReconnect(false);
    options.setSocketFactory(sockets.factory());
    options.setHttpsHostnameVerificationEnabled(sockets.verifyHost());
    if (!settings.username().isEmpty()) {
      options.setUserName(settings.username());
      options.setPassword(password);
    }
    if (!settings.will().topic().isEmpty()) {
      options.setWill(
          settings.will().topic(),
          settings.will().bytes(),
          settings.will().qos(),
          settings.will().retain());
    }
    return options;
  }

  boolean isConnected() {
    return client.isConnected();
  }

  /** Hands the message to the client and returns. */
  void publish(String topic, byte[] payload, int qos, boolean retain, Sent sent)
      throws KuraException {
    if (qos > 0 && unconfirmed.incrementAndGet() > maxInflight) {
      unconfirmed.decrementAndGet();
      throw new KuraTooManyInflightMessagesException("messages in flight");
    }
    boolean handedOver = false;
    try {
      client.publish(topic, payload, qos, retain, sent, confirmations);
      handedOver = true;
    } catch (MqttException e) {
      throw translated(e);
    } catch (IllegalArgumentException e) {
      throw new KuraException(KuraErrorCode.INVALID_PARAMETER, e, "topic");
    } finally {
      if (qos > 0 && !handedOver) {
        unconfirmed.decrementAndGet();
      }
    }
  }

  void subscribe(String filter, int qos) throws KuraException {
    Reply reply = new Reply();
    IMqttToken token;
    try {
      token = client.subscribe(filter, qos, null, reply);
      reply.await(limit);
    } catch (MqttException e) {
      throw translated(e);
    } catch (TimeoutException e) {
      throw new KuraTimeoutException("the broker did not confirm the subscription", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KuraTimeoutException("stopped", e);
    }
    int[] granted = token.getGrantedQos();
    if (granted != null && granted.length > 0 && granted[0] == REFUSED_BY_BROKER) {
      throw new KuraException(
          KuraErrorCode.SUBSCRIPTION_ERROR, "the broker refused the subscription");
    }
  }

  void unsubscribe(String filter) throws KuraException {
    Reply reply = new Reply();
    try {
      client.unsubscribe(filter, null, reply);
      reply.await(limit);
    } catch (MqttException e) {
      throw translated(e);
    } catch (TimeoutException e) {
      throw new KuraTimeoutException("the broker did not confirm the end of the subscription", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KuraTimeoutException("stopped", e);
    }
  }

  /**
   * Ends the session in good order, so that the broker does not send the last will; never takes
   * much longer than the time given.
   */
  void close(Duration quiesce) {
    try {
      Reply reply = new Reply();
      client.disconnect(quiesce.toMillis(), null, reply);
      reply.await(quiesce.plusSeconds(1));
      client.close();
    } catch (MqttException | TimeoutException e) {
      logger.debug("disconnect_failed cause={}", e.toString());
      abandon();
    } catch (InterruptedException e) {
      abandon();
      Thread.currentThread().interrupt();
    }
  }

  /** Drops the connection without a word. */
  void abandon() {
    try {
      client.disconnectForcibly(0, 1, false);
    } catch (MqttException e) {
      logger.debug("forced_disconnect_failed cause={}", e.toString());
    }
    try {
      client.close(true);
    } catch (MqttException e) {
      logger.debug("close_failed cause={}", e.toString());
    }
  }

  private static KuraException translated(MqttException e) {
    return switch (e.getReasonCode()) {
      case MqttException.REASON_CODE_MAX_INFLIGHT,
          MqttException.REASON_CODE_NO_MESSAGE_IDS_AVAILABLE ->
          new KuraTooManyInflightMessagesException(e, "messages in flight");
      case MqttException.REASON_CODE_CLIENT_NOT_CONNECTED,
          MqttException.REASON_CODE_CLIENT_DISCONNECTING,
          MqttException.REASON_CODE_CLIENT_CLOSED,
          MqttException.REASON_CODE_CLIENT_ALREADY_DISCONNECTED,
          MqttException.REASON_CODE_CONNECTION_LOST ->
          new KuraNotConnectedException(e, "no MQTT session");
      default -> new KuraException(KuraErrorCode.IO_ERROR, e, e.getMessage());
    };
  }

  /** Waits for the broker's answer to one packet. */
  private static final class Reply implements IMqttActionListener {

    private final CompletableFuture<Void> done = new CompletableFuture<>();

    boolean isDone() {
      return done.isDone();
    }

    void await(Duration limit) throws MqttException, TimeoutException, InterruptedException {
      try {
        done.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        throw e.getCause() instanceof MqttException mqtt ? mqtt : new MqttException(e.getCause());
      }
    }

    @Override
    public void onSuccess(IMqttToken token) {
      done.complete(null);
    }

    @Override
    public void onFailure(IMqttToken token, @Nullable Throwable failure) {
      done.completeExceptionally(
          failure == null
              ? new MqttException(MqttException.REASON_CODE_CLIENT_EXCEPTION)
              : failure);
    }
  }

  private final class Confirmations implements IMqttActionListener {

    @Override
    public void onSuccess(IMqttToken token) {
      // border: an exception here would end the connection
      try {
        if (token.getUserContext() instanceof Sent sent && sent.qos() > 0) {
          unconfirmed.decrementAndGet();
          events.confirmed(sent);
        }
      } catch (RuntimeException e) {
        logger.error("confirmation_failed: a delivery listener threw", e);
      }
    }

    @Override
    public void onFailure(IMqttToken token, @Nullable Throwable failure) {
      if (token.getUserContext() instanceof Sent sent && sent.qos() > 0) {
        unconfirmed.decrementAndGet();
      }
      logger.debug("publish_failed cause={}", String.valueOf(failure));
    }
  }

  private final class Callback implements MqttCallback {

    @Override
    public void connectionLost(@Nullable Throwable cause) {
      events.lost(
          MqttSession.this,
          cause == null ? new MqttException(MqttException.REASON_CODE_CONNECTION_LOST) : cause);
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      // border: an exception here would end the connection
      try {
        events.arrived(topic, message);
      } catch (RuntimeException e) {
        logger.error("message_handling_failed bytes={}", message.getPayload().length, e);
      }
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {}
  }
}
