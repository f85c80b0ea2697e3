// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import static org.eclipse.kura.configuration.ConfigurationService.KURA_SERVICE_PID;

import io.kete.data.api.Status;
import io.kete.data.api.StatusSource;
import io.kete.kapua.codec.KapuaAddress;
import io.kete.kapua.codec.Lifecycle;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.KuraConnectException;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraNotConnectedException;
import org.eclipse.kura.cloudconnection.CloudConnectionManager;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.request.RequestHandler;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContext;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContextConstants;
import org.eclipse.kura.cloudconnection.request.RequestHandlerRegistry;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.data.listener.DataServiceListener;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.system.SystemService;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway as Kapua sees it: BIRTH and its kin, requests and replies, and the way out for
 * publishers.
 */
@Component(
    name = KapuaCloudService.PID,
    immediate = true,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    service = {
      ConfigurableComponent.class,
      CloudEndpoint.class,
      CloudConnectionManager.class,
      RequestHandlerRegistry.class,
      StatusSource.class,
      Endpoint.class
    },
    property = StatusSource.AREA + "=cloud")
@Designate(ocd = CloudServiceConfig.class, factory = true)
public final class KapuaCloudService
    implements Endpoint, RequestHandlerRegistry, StatusSource, ConfigurableComponent {

  /** Kura's PID of the cloud service. */
  static final String PID = "org.eclipse.kura.cloud.CloudService";

  private static final Logger logger = LoggerFactory.getLogger(KapuaCloudService.class);
  private static final Duration ANNOUNCEMENT_DELAY = Duration.ofSeconds(30);
  private static final Duration IDENTITY_CHECK = Duration.ofSeconds(60);
  private static final int WORKERS = 2;

  private final Link link;
  private final Encoders encoders = new Encoders();
  private final Subscriptions subscriptions = new Subscriptions();
  private final ConnectionListeners connectionListeners = new ConnectionListeners();
  private final List<CloudDeliveryListener> deliveryListeners = new CopyOnWriteArrayList<>();
  private final ScheduledThreadPoolExecutor workers;
  private final Listening listening;
  private final Notifications notifications = new Notifications(this);
  private final Announcer announcer;
  private final Surroundings surroundings;
  private final RequestDispatcher requests;
  private final DataServiceListener below = new Below();
  private volatile CloudSettings settings;
  private volatile KapuaAddress address;
  private volatile boolean born;

  /** Called by the framework. */
  @Activate
  public KapuaCloudService(
      CloudServiceConfig config,
      Map<String, Object> properties,
      BundleContext bundle,
      @Reference(name = "DataService") Link link,
      @Reference(
              name = "SystemService",
              cardinality = ReferenceCardinality.OPTIONAL,
              policyOption = ReferencePolicyOption.GREEDY)
          @Nullable SystemService system) {
    this(
        CloudSettings.of(config),
        link,
        new DeviceFacts(system, key -> key == null ? null : bundle.getProperty(key), Path.of("/")),
        new FrameworkSurroundings(bundle, String.valueOf(properties.get(KURA_SERVICE_PID))),
        ANNOUNCEMENT_DELAY,
        InstantSource.system());
  }

  KapuaCloudService(
      CloudSettings settings,
      Link link,
      DeviceFacts facts,
      Surroundings surroundings,
      Duration announcementDelay,
      InstantSource clock) {
    this.settings = settings;
    this.link = link;
    this.surroundings = surroundings;
    this.address = addressFor(settings);
    this.workers = new ScheduledThreadPoolExecutor(WORKERS, new NamedThreads("container.cloud"));
    workers.setRemoveOnCancelPolicy(true);
    workers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    this.requests =
        new RequestDispatcher(workers, this::sendPlain, this::address, this::requestContext);
    this.listening = new Listening(link, workers, () -> born);
    Announcer.Source source =
        new Announcer.Source(
            facts,
            this::address,
            () -> this.settings,
            requests::applications,
            surroundings::identity,
            surroundings::held);
    this.announcer = new Announcer(this::sendPlain, source, workers, announcementDelay, clock);
    surroundings.begin(notifications, announcer::released);
    var unused =
        workers.scheduleWithFixedDelay(
            announcer::checkIdentity,
            IDENTITY_CHECK.toSeconds(),
            IDENTITY_CHECK.toSeconds(),
            TimeUnit.SECONDS);
    link.addDataServiceListener(below);
  }

  /**
   * Keeps the connection and the registered handlers; the change is announced by a delayed BIRTH.
   */
  @Modified
  void modified(CloudServiceConfig config) {
    CloudSettings changed = CloudSettings.of(config);
    settings = changed;
    address = addressFor(changed);
    announcer.later(Lifecycle.BIRTH);
  }

  @Deactivate
  void deactivate() {
    link.removeDataServiceListener(below);
    surroundings.close();
    leave();
    born = false;
    connectionListeners.onDisconnected();
    workers.shutdownNow();
    subscriptions.close();
    try {
      if (!workers.awaitTermination(2, TimeUnit.SECONDS)) {
        logger.warn("request_handler_still_busy: a handler did not stop within 2 s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    encoders.close();
  }

  @Override
  public KapuaAddress address() {
    return address;
  }

  @Override
  public int send(
      String topic, KuraPayload payload, int qos, boolean retain, Confirmation confirmation)
      throws KuraException {
    if (!born) {
      throw new KuraNotConnectedException("BIRTH was not sent yet");
    }
    return link.transport()
        .send(topic, encoders.encode(payload, settings.gzip()), qos, retain, confirmation);
  }

  /**
   * Properties as Kura's publishers set them: fullTopic or appId and appTopic, then QOS, RETAIN and
   * CONTROL.
   */
  @Override
  public String publish(KuraMessage message) throws KuraException {
    Outgoing outgoing = Outgoing.of(message.getProperties(), address);
    int id =
        send(
            outgoing.topic(),
            message.getPayload(),
            outgoing.qos(),
            outgoing.retain(),
            this::confirmed);
    return Integer.toString(id);
  }

  @Override
  public void registerSubscriber(
      Map<String, Object> subscriptionProperties, CloudSubscriberListener listener) {
    Outgoing wanted = Outgoing.ofSubscription(subscriptionProperties, address);
    Subscriptions.Subscription subscription =
        new Subscriptions.Subscription(wanted.topic(), wanted.qos(), listener);
    subscriptions.add(subscription);
    listening.begin(subscription.filter(), subscription.qos());
  }

  @Override
  public void unregisterSubscriber(CloudSubscriberListener listener) {
    subscriptions.remove(listener).forEach(listening::end);
  }

  @Override
  public void registerRequestHandler(String id, RequestHandler handler) {
    if (requests.register(id, handler)) {
      announcer.later(Lifecycle.APPS);
    }
  }

  @Override
  public void unregister(String id) {
    if (requests.unregister(id)) {
      announcer.later(Lifecycle.APPS);
    }
  }

  @Override
  public void connect() throws KuraConnectException {
    link.connect();
  }

  @Override
  public void disconnect() {
    link.disconnect(TimeUnit.SECONDS.toMillis(1));
  }

  @Override
  public boolean isConnected() {
    return born && link.isConnected();
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

  @Override
  public Status status() {
    Link.LinkStatus state = link.linkStatus();
    Transport.Traffic traffic = link.transport().traffic();
    return new Status(
        state.problem().isEmpty() ? List.of() : List.of(state.problem()),
        Map.of(
            "connected", isConnected(),
            "published", traffic.published(),
            "confirmed", traffic.confirmed(),
            "reconnects", state.reconnects()));
  }

  private KapuaAddress addressFor(CloudSettings with) {
    return new KapuaAddress(
        with.controlPrefix(), link.transport().account(), link.transport().clientId());
  }

  private RequestHandlerContext requestContext() {
    return new RequestHandlerContext(
        notifications,
        Map.of(
            RequestHandlerContextConstants.TENANT_ID.name(), address.account(),
            RequestHandlerContextConstants.DEVICE_ID.name(), address.clientId().value(),
            RequestHandlerContextConstants.NOTIFICATION_PUBLISHER_PID.name(),
                surroundings.notificationPid()));
  }

  /** For tests; the gateway does so every minute. */
  void checkIdentity() {
    announcer.checkIdentity();
  }

  /** Life-cycle messages and replies: also before BIRTH, which is one of them. */
  private void sendPlain(String topic, KuraPayload payload, int qos) throws KuraException {
    link.transport()
        .send(topic, encoders.encode(payload, settings.gzip()), qos, false, Confirmation.NONE);
  }

  private void confirmed(int id) {
    String text = Integer.toString(id);
    deliveryListeners.forEach(listener -> listener.onMessageConfirmed(text));
  }

  private void leave() {
    if (!isConnected()) {
      return;
    }
    try {
      announcer.leave();
    } catch (KuraException e) {
      logger.debug("good_bye_failed code={}", e.getCode());
    }
  }

  private final class Below implements DataServiceListener {

    @Override
    public void onConnectionEstablished() {
      try {
        announcer.connected();
      } catch (KuraException e) {
        logger.warn(
            "birth_failed code={}: the connection broke or the broker refuses it", e.getCode(), e);
        return;
      }
      born = true;
      if (settings.requests()) {
        listening.begin(address.requestFilter(), 1);
      }
      subscriptions.all().forEach(s -> listening.begin(s.filter(), s.qos()));
      connectionListeners.onConnectionEstablished();
    }

    @Override
    public void onDisconnecting() {
      leave();
    }

    @Override
    public void onDisconnected() {
      born = false;
      announcer.forget();
      connectionListeners.onDisconnected();
    }

    @Override
    public void onConnectionLost(Throwable cause) {
      born = false;
      announcer.forget();
      connectionListeners.onConnectionLost();
    }

    @Override
    public void onMessageArrived(String topic, byte[] payload, int qos, boolean retained) {
      address
          .request(topic)
          .filter(
              request ->
                  !request.application().equals("MQTT") && !request.application().equals("BA"))
          .ifPresent(request -> requests.accept(request, payload));
      subscriptions.accept(topic, payload);
    }

    @Override
    public void onMessagePublished(int messageId, String topic) {}

    @Override
    public void onMessageConfirmed(int messageId, String topic) {}
  }
}
