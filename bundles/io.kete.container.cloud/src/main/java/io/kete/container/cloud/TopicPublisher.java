// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import io.kete.kapua.codec.KapuaAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraNotConnectedException;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Sends an application's messages at once, or refuses them.
 *
 * <p>The id that {@link #publish} returns comes again in {@link
 * CloudDeliveryListener#onMessageConfirmed}, on the MQTT client's thread and possibly before {@code
 * publish} has returned. Messages of QoS 0 are never confirmed. What was not confirmed when the
 * connection is lost never will be: whoever needs it delivered publishes it again.
 */
@Component(
    name = TopicPublisher.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    service = {ConfigurableComponent.class, CloudPublisher.class},
    property = "cloud.connection.factory.pid=" + KapuaCloudService.PID)
@Designate(ocd = CloudPublisherConfig.class, factory = true)
public final class TopicPublisher implements CloudPublisher, ConfigurableComponent {

  /** Kura's factory PID of publishers. */
  static final String PID = "org.eclipse.kura.cloud.publisher.CloudPublisher";

  /** Checked configuration. */
  record PublisherSettings(
      String application, String topic, int qos, boolean retain, boolean control) {

    static PublisherSettings of(CloudPublisherConfig config) {
      if (config.appId().isBlank() || config.appId().chars().anyMatch(c -> "/+#".indexOf(c) >= 0)) {
        throw Settings.wrong(PID, "appId", "is one topic level without / + #");
      }
      if (config.app_topic().indexOf('#') >= 0 || config.app_topic().indexOf('+') >= 0) {
        throw Settings.wrong(PID, "app.topic", "holds no + or #");
      }
      if (!config.message_type().equals("data") && !config.message_type().equals("control")) {
        throw Settings.wrong(PID, "message.type", "is data or control");
      }
      int qos = Settings.inRange(PID, "qos", config.qos(), 0, 1);
      return new PublisherSettings(
          config.appId().strip(),
          config.app_topic().strip(),
          qos,
          config.retain(),
          config.message_type().equals("control"));
    }
  }

  /** An endpoint with the topics that belong to it. */
  private record Attached(Endpoint endpoint, TopicTemplate topics) {}

  private final PublisherSettings settings;
  private final ConnectionListeners connectionListeners = new ConnectionListeners();
  private final List<CloudDeliveryListener> deliveryListeners = new CopyOnWriteArrayList<>();
  private final Confirmation confirmation = this::confirmed;
  private final @Nullable EndpointTracker tracker;
  private volatile @Nullable Attached attached;

  /** Called by the framework. */
  @Activate
  public TopicPublisher(CloudPublisherConfig config, BundleContext bundle) {
    this.settings = PublisherSettings.of(config);
    this.tracker =
        new EndpointTracker(
            bundle, PID, config.cloud_endpoint_service_pid(), this::attach, this::detach);
  }

  TopicPublisher(PublisherSettings settings, Endpoint endpoint) {
    this.settings = settings;
    this.tracker = null;
    attach(endpoint);
  }

  @Deactivate
  void deactivate() {
    if (tracker != null) {
      tracker.close();
    }
    Attached last = attached;
    if (last != null) {
      detach(last.endpoint());
    }
  }

  @Override
  public String publish(KuraMessage message) throws KuraException {
    Attached to = attached;
    if (to == null) {
      throw new KuraNotConnectedException("the cloud service of this publisher is not there");
    }
    String topic = to.topics().topic(message.getProperties());
    return Integer.toString(
        to.endpoint()
            .send(topic, message.getPayload(), settings.qos(), settings.retain(), confirmation));
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

  private void attach(Endpoint endpoint) {
    KapuaAddress address = endpoint.address();
    String begin =
        settings.control()
            ? address.control(settings.application(), "")
            : address.data(settings.application(), "");
    attached = new Attached(endpoint, new TopicTemplate(begin, settings.topic()));
    endpoint.registerCloudConnectionListener(connectionListeners);
    if (endpoint.isConnected()) {
      connectionListeners.onConnectionEstablished();
    }
  }

  private void detach(Endpoint endpoint) {
    endpoint.unregisterCloudConnectionListener(connectionListeners);
    Attached last = attached;
    if (last != null && last.endpoint() == endpoint) {
      attached = null;
      connectionListeners.onDisconnected();
    }
  }

  private void confirmed(int id) {
    String text = Integer.toString(id);
    for (CloudDeliveryListener listener : deliveryListeners) {
      listener.onMessageConfirmed(text);
    }
  }
}
