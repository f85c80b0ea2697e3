// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.subscriber.CloudSubscriber;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Receives the messages of one topic filter for its listeners, in order, on the thread of the
 * subscriptions.
 */
@Component(
    name = TopicSubscriber.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    service = {ConfigurableComponent.class, CloudSubscriber.class},
    property = "cloud.connection.factory.pid=" + KapuaCloudService.PID)
@Designate(ocd = CloudSubscriberConfig.class, factory = true)
public final class TopicSubscriber
    implements CloudSubscriber, CloudSubscriberListener, ConfigurableComponent {

  /** Kura's factory PID of subscribers. */
  static final String PID = "org.eclipse.kura.cloud.subscriber.CloudSubscriber";

  private final Map<String, Object> subscription;
  private final ConnectionListeners connectionListeners = new ConnectionListeners();
  private final List<CloudSubscriberListener> messageListeners = new CopyOnWriteArrayList<>();
  private final @Nullable EndpointTracker tracker;

  /** Called by the framework. */
  @Activate
  public TopicSubscriber(CloudSubscriberConfig config, BundleContext bundle) {
    this.subscription =
        subscription(config.appId(), config.app_topic(), config.qos(), config.message_type());
    this.tracker =
        new EndpointTracker(
            bundle, PID, config.cloud_endpoint_service_pid(), this::attach, this::detach);
  }

  TopicSubscriber(Map<String, Object> subscription, Endpoint endpoint) {
    this.subscription = Map.copyOf(subscription);
    this.tracker = null;
    attach(endpoint);
  }

  @Deactivate
  void deactivate() {
    if (tracker != null) {
      tracker.close();
    }
  }

  static Map<String, Object> subscription(String application, String topic, int qos, String type) {
    if (application.isBlank() || application.indexOf('/') >= 0) {
      throw Settings.wrong(PID, "appId", "is one topic level");
    }
    if (!type.equals("data") && !type.equals("control")) {
      throw Settings.wrong(PID, "message.type", "is data or control");
    }
    return Map.of(
        "appId",
        application,
        "app.topic",
        topic,
        "qos",
        Settings.inRange(PID, "qos", qos, 0, 1),
        "message.type",
        type);
  }

  @Override
  public void onMessageArrived(KuraMessage message) {
    messageListeners.forEach(listener -> listener.onMessageArrived(message));
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
  public void registerCloudSubscriberListener(CloudSubscriberListener listener) {
    messageListeners.add(listener);
  }

  @Override
  public void unregisterCloudSubscriberListener(CloudSubscriberListener listener) {
    messageListeners.remove(listener);
  }

  private void attach(Endpoint endpoint) {
    endpoint.registerCloudConnectionListener(connectionListeners);
    endpoint.registerSubscriber(subscription, this);
  }

  private void detach(Endpoint endpoint) {
    endpoint.unregisterSubscriber(this);
    endpoint.unregisterCloudConnectionListener(connectionListeners);
  }
}
