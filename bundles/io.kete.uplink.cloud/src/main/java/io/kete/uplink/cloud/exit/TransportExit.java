// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud.exit;

import io.kete.kapua.codec.KuraPayloadEncoder;
import java.util.Optional;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraRuntimeException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.data.DataTransportService;
import org.eclipse.kura.data.DataTransportToken;
import org.eclipse.kura.data.transport.listener.DataTransportListener;

/**
 * Through {@code DataTransportService}: on the gateway's own MQTT connection with QoS 1, past the
 * store of Kura's data service. The messages are those a {@code CloudPublisher} would send.
 */
public final class TransportExit implements Exit {

  private static final int QOS = 1;

  private final DataTransportService transport;
  private final Topic topic;
  private final int gzipFrom;
  private final KuraPayloadEncoder encoder = new KuraPayloadEncoder();
  private Optional<Listener> listener = Optional.empty();

  /**
   * Listens to nothing yet.
   *
   * @param topic pattern of the topic below account and client id
   * @param gzipFrom size in bytes from which a payload is compressed if that makes it shorter
   */
  public TransportExit(DataTransportService transport, String topic, int gzipFrom) {
    this.transport = transport;
    this.topic = new Topic(topic);
    this.gzipFrom = gzipFrom;
  }

  private record Listener(Events events) implements DataTransportListener {

    @Override
    public void onConnectionEstablished(boolean newSession) {
      events.linkUp();
    }

    @Override
    public void onDisconnecting() {
      // what is on its way may still be confirmed
    }

    @Override
    public void onDisconnected() {
      events.linkLost();
    }

    @Override
    public void onConfigurationUpdating(boolean wasConnected) {
      // a disconnection follows if one is needed
    }

    @Override
    public void onConfigurationUpdated(boolean wasConnected) {
      events.linkUp();
    }

    @Override
    public void onConnectionLost(Throwable cause) {
      events.linkLost();
    }

    @Override
    public void onMessageArrived(String topic, byte[] payload, int qos, boolean retained) {
      // not for us
    }

    @Override
    public void onMessageConfirmed(DataTransportToken token) {
      events.confirmed(token);
    }
  }

  @Override
  public void open(Events events) {
    Listener opened = new Listener(events);
    listener = Optional.of(opened);
    transport.addDataTransportListener(opened);
  }

  @Override
  public boolean isConnected() {
    return transport.isConnected();
  }

  @Override
  public Letter letter(KuraMessage message) throws KuraException {
    byte[] payload;
    try {
      payload =
          PayloadSize.of(message.getPayload()) < gzipFrom
              ? encoder.encode(message.getPayload())
              : encoder.encodeShortest(message.getPayload());
    } catch (KuraRuntimeException e) {
      throw new KuraException(KuraErrorCode.ENCODE_ERROR, e, String.valueOf(e.getMessage()));
    }
    return new Letter.Encoded(
        topic.of(message.getProperties()), payload, payload.length + PayloadSize.PACKET);
  }

  @Override
  public Object send(Letter letter) throws KuraException {
    if (!(letter instanceof Letter.Encoded encoded)) {
      throw new IllegalArgumentException("a letter of another exit");
    }
    DataTransportToken token = transport.publish(encoded.topic(), encoded.payload(), QOS, false);
    if (token == null) {
      throw new KuraException(
          KuraErrorCode.CONFIGURATION_ERROR, "the transport gives no token for a message of QoS 1");
    }
    return token;
  }

  @Override
  public void close() {
    listener.ifPresent(transport::removeDataTransportListener);
    listener = Optional.empty();
    encoder.close();
  }
}
