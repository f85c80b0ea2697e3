// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import io.kete.kapua.codec.ClientId;
import io.kete.kapua.codec.KapuaAddress;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import org.eclipse.kura.KuraConnectException;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraNotConnectedException;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.data.DataTransportService;
import org.eclipse.kura.data.DataTransportToken;
import org.eclipse.kura.data.transport.listener.DataTransportListener;
import org.eclipse.kura.ssl.SslManagerService;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The MQTT connection of the gateway. Connects when told to; the data service does that. */
@Component(
    name = MqttDataTransport.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    service = {ConfigurableComponent.class, DataTransportService.class, Transport.class})
@Designate(ocd = TransportConfig.class, factory = true)
public final class MqttDataTransport implements Transport, ConfigurableComponent {

  /** Kura's PID of the transport. */
  static final String PID = "org.eclipse.kura.core.data.transport.mqtt.MqttDataTransport";

  private static final Logger logger = LoggerFactory.getLogger(MqttDataTransport.class);

  private final TransportSettings settings;
  private final char[] password;
  private final @Nullable SslManagerService tls;
  private final KapuaAddress address;
  private final AtomicReference<@Nullable MqttSession> session = new AtomicReference<>();
  private final AtomicReference<@Nullable MqttSession> broken = new AtomicReference<>();
  private final List<DataTransportListener> listeners = new CopyOnWriteArrayList<>();
  private final AtomicInteger ids = new AtomicInteger();
  private final AtomicInteger sessions = new AtomicInteger();
  private final LongAdder published = new LongAdder();
  private final LongAdder confirmed = new LongAdder();

  /** Called by the framework; connects nothing yet. */
  @Activate
  public MqttDataTransport(
      TransportConfig config,
      @Reference(
              name = "CryptoService",
              cardinality = ReferenceCardinality.OPTIONAL,
              policyOption = ReferencePolicyOption.GREEDY)
          @Nullable CryptoService crypto,
      @Reference(
              name = "SslManagerService",
              cardinality = ReferenceCardinality.OPTIONAL,
              policyOption = ReferencePolicyOption.GREEDY)
          @Nullable SslManagerService tls) {
    this(
        TransportSettings.of(config, NetworkFacts.primaryMac()),
        clear(config.password(), crypto),
        tls);
  }

  MqttDataTransport(TransportSettings settings, char[] password, @Nullable SslManagerService tls) {
    this.settings = settings;
    this.password = password;
    this.tls = tls;
    this.address =
        new KapuaAddress(
            KapuaAddress.DEFAULT_CONTROL_PREFIX, settings.account(), settings.clientId());
  }

  @Deactivate
  void deactivate() {
    disconnect(0);
  }

  @Override
  public String account() {
    return settings.account();
  }

  @Override
  public ClientId clientId() {
    return settings.clientId();
  }

  @Override
  public String getBrokerUrl() {
    return settings.broker().toString();
  }

  @Override
  public String getAccountName() {
    return settings.account();
  }

  @Override
  public String getUsername() {
    return settings.username();
  }

  @Override
  public String getClientId() {
    return settings.clientId().value();
  }

  @Override
  public boolean isConnected() {
    MqttSession current = session.get();
    return current != null && current.isConnected();
  }

  @Override
  public Traffic traffic() {
    return new Traffic(published.sum(), confirmed.sum());
  }

  @Override
  public synchronized void connect() throws KuraConnectException {
    if (isConnected()) {
      return;
    }
    clearAway();
    Happenings happenings = new Happenings();
    MqttSession opened = MqttSession.open(settings, password.clone(), sockets(), happenings);
    sessions.incrementAndGet();
    session.set(opened);
    if (happenings.lostEarly) {
      session.compareAndSet(opened, null);
      opened.abandon();
      throw new KuraConnectException("the broker closed the connection at once; its log says why");
    }
    each(listener -> listener.onConnectionEstablished(settings.cleanSession()));
  }

  @Override
  public synchronized void disconnect(long quiesceTimeout) {
    MqttSession current = session.get();
    if (current != null) {
      each(DataTransportListener::onDisconnecting);
      session.set(null);
      current.close(Duration.ofMillis(quiesceTimeout));
      each(DataTransportListener::onDisconnected);
    }
    clearAway();
  }

  @Override
  public int send(String topic, byte[] payload, int qos, boolean retain, Confirmation confirmation)
      throws KuraException {
    int id = ids.incrementAndGet() & Integer.MAX_VALUE;
    current().publish(topic, payload, qos, retain, new Sent(id, qos, confirmation));
    published.increment();
    return id;
  }

  @Override
  public DataTransportToken publish(String topic, byte[] payload, int qos, boolean retain)
      throws KuraException {
    String sessionId = clientId() + "-" + sessions.get();
    Confirmation tellAll =
        id -> each(listener -> listener.onMessageConfirmed(new DataTransportToken(id, sessionId)));
    return new DataTransportToken(
        send(address.resolve(topic), payload, qos, retain, tellAll), sessionId);
  }

  @Override
  public void subscribe(String topic, int qos) throws KuraException {
    current().subscribe(address.resolve(topic), qos);
  }

  @Override
  public void unsubscribe(String topic) throws KuraException {
    current().unsubscribe(address.resolve(topic));
  }

  @Override
  public void addDataTransportListener(DataTransportListener listener) {
    listeners.add(listener);
  }

  @Override
  public void removeDataTransportListener(DataTransportListener listener) {
    listeners.remove(listener);
  }

  private MqttSession current() throws KuraNotConnectedException {
    MqttSession current = session.get();
    if (current == null) {
      throw new KuraNotConnectedException("no MQTT session");
    }
    return current;
  }

  private MqttSession.Sockets sockets() throws KuraConnectException {
    if (!settings.broker().tls()) {
      return new MqttSession.Sockets(new NoDelaySockets(SocketFactory.getDefault()), false);
    }
    try {
      return tls == null
          ? new MqttSession.Sockets(
              new NoDelayTlsSockets(SSLContext.getDefault().getSocketFactory()), true)
          : new MqttSession.Sockets(new NoDelayTlsSockets(tls.getSSLSocketFactory()), false);
    } catch (GeneralSecurityException | IOException e) {
      throw new KuraConnectException(e, "tls");
    }
  }

  /**
   * A broken client gives its memory back; not on its own thread, which must not wait for itself.
   */
  private void clearAway() {
    MqttSession old = broken.getAndSet(null);
    if (old != null) {
      old.abandon();
    }
  }

  private void each(Consumer<DataTransportListener> call) {
    listeners.forEach(call);
  }

  private static char[] clear(String configured, @Nullable CryptoService crypto) {
    if (crypto == null || configured.isEmpty()) {
      return configured.toCharArray();
    }
    try {
      return crypto.decryptAes(configured.toCharArray());
    } catch (KuraException e) {
      logger.warn("password_not_encrypted pid={}: the configured text is used as it is", PID);
      return configured.toCharArray();
    }
  }

  private final class Happenings implements MqttSession.Events {

    private volatile boolean lostEarly;

    @Override
    public void lost(MqttSession lost, Throwable cause) {
      lostEarly = true;
      if (session.compareAndSet(lost, null)) {
        broken.set(lost);
        each(listener -> listener.onConnectionLost(cause));
      }
    }

    @Override
    public void arrived(String topic, MqttMessage message) {
      each(
          listener ->
              listener.onMessageArrived(
                  topic, message.getPayload(), message.getQos(), message.isRetained()));
    }

    @Override
    public void confirmed(Sent sent) {
      confirmed.increment();
      sent.confirmation().confirmed(sent.id());
    }
  }
}
