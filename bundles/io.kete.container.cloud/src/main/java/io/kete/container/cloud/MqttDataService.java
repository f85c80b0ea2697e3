// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.eclipse.kura.KuraConnectException;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraStoreException;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.data.DataService;
import org.eclipse.kura.data.listener.DataServiceListener;
import org.eclipse.kura.data.transport.listener.DataTransportListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the MQTT connection up, and tells its listeners. Stores nothing: a message is sent at once
 * or refused.
 */
@Component(
    name = MqttDataService.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    service = {ConfigurableComponent.class, DataService.class, Link.class})
@Designate(ocd = DataServiceConfig.class, factory = true)
public final class MqttDataService implements Link, ConfigurableComponent {

  /** Kura's PID of the data service. */
  static final String PID = "org.eclipse.kura.data.DataService";

  private static final Logger logger = LoggerFactory.getLogger(MqttDataService.class);

  private final LinkSettings settings;
  private final Transport transport;
  private final List<DataServiceListener> listeners = new CopyOnWriteArrayList<>();
  private final DataTransportListener below = new Below();
  private final ConnectLoop loop;

  /** Called by the framework; connecting begins on the component's own thread. */
  @Activate
  public MqttDataService(
      DataServiceConfig config, @Reference(name = "DataTransportService") Transport transport) {
    this(LinkSettings.of(config), transport);
  }

  MqttDataService(LinkSettings settings, Transport transport) {
    this.settings = settings;
    this.transport = transport;
    this.loop = new ConnectLoop(settings, transport, this::each);
    transport.addDataTransportListener(below);
    if (settings.autoConnect()) {
      loop.start();
    }
  }

  @Deactivate
  void deactivate() {
    loop.stop();
    transport.removeDataTransportListener(below);
  }

  @Override
  public Transport transport() {
    return transport;
  }

  @Override
  public LinkStatus linkStatus() {
    return new LinkStatus(isConnected(), loop.reconnects(), isConnected() ? "" : loop.problem());
  }

  @Override
  public void connect() throws KuraConnectException {
    loop.connectNow();
  }

  @Override
  public void disconnect(long quiesceTimeout) {
    loop.disconnect(quiesceTimeout);
  }

  @Override
  public boolean isConnected() {
    return transport.isConnected();
  }

  @Override
  public boolean isAutoConnectEnabled() {
    return settings.autoConnect();
  }

  @Override
  public int getRetryInterval() {
    return (int) settings.maxPause().toSeconds();
  }

  @Override
  public void subscribe(String topic, int qos) throws KuraException {
    transport.subscribe(topic, qos);
  }

  @Override
  public void unsubscribe(String topic) throws KuraException {
    transport.unsubscribe(topic);
  }

  @Override
  public int publish(String topic, byte[] payload, int qos, boolean retain, int priority)
      throws KuraStoreException {
    String resolved =
        topic
            .replace("#account-name", transport.account())
            .replace("#client-id", transport.clientId().value());
    try {
      int id =
          transport.send(
              resolved,
              payload,
              qos,
              retain,
              sent -> each(l -> l.onMessageConfirmed(sent, resolved)));
      each(listener -> listener.onMessagePublished(id, resolved));
      return id;
    } catch (KuraException e) {
      throw new KuraStoreException(
          e, "the message cannot be sent now, and there is no store: " + e.getCode());
    }
  }

  @Override
  public List<Integer> getUnpublishedMessageIds(String topicRegex) {
    return List.of();
  }

  @Override
  public List<Integer> getInFlightMessageIds(String topicRegex) {
    return List.of();
  }

  @Override
  public List<Integer> getDroppedInFlightMessageIds(String topicRegex) {
    return List.of();
  }

  /**
   * A listener that comes when the connection is already up is told so at once, on the connection's
   * thread.
   */
  @Override
  public void addDataServiceListener(DataServiceListener listener) {
    loop.introduce(() -> listeners.add(listener), listener);
  }

  @Override
  public void removeDataServiceListener(DataServiceListener listener) {
    listeners.remove(listener);
  }

  /** A listener that throws does not keep the others from hearing. */
  private void each(Consumer<DataServiceListener> call) {
    for (DataServiceListener listener : listeners) {
      try {
        call.accept(listener);
      } catch (RuntimeException e) {
        logger.error("listener_failed listener={}", listener.getClass().getName(), e);
      }
    }
  }

  private final class Below implements DataTransportListener {

    @Override
    public void onConnectionEstablished(boolean newSession) {}

    @Override
    public void onDisconnecting() {}

    @Override
    public void onDisconnected() {}

    @Override
    public void onConfigurationUpdating(boolean wasConnected) {}

    @Override
    public void onConfigurationUpdated(boolean wasConnected) {}

    @Override
    public void onConnectionLost(Throwable cause) {
      loop.lost(cause);
    }

    @Override
    public void onMessageArrived(String topic, byte[] payload, int qos, boolean retained) {
      each(listener -> listener.onMessageArrived(topic, payload, qos, retained));
    }

    @Override
    public void onMessageConfirmed(org.eclipse.kura.data.DataTransportToken token) {}
  }
}
