// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import io.kete.buffer.api.Stream;
import io.kete.data.api.Status;
import io.kete.data.api.StatusSource;
import io.kete.uplink.cloud.exit.Exit;
import io.kete.uplink.cloud.share.Links;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.data.DataTransportService;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Relays one stream continuously: the entry component of the bundle. The exit that is not asked for
 * need not be there; the one that is asked for is waited for, and the status says so.
 */
@Component(
    name = CloudUplink.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = ConfigurableComponent.class)
@Designate(ocd = CloudUplinkConfig.class, factory = true)
public final class CloudUplink implements ConfigurableComponent {

  static final String PID = "io.kete.uplink.cloud.CloudUplink";

  private final Surroundings surroundings;
  private final Routes routes = new Routes();
  private final Relay.World world;
  private final Runnable unregister;
  private Way way;
  private volatile Optional<Relay> relay = Optional.empty();

  /** Starts the relay; returns at once. */
  @Activate
  public CloudUplink(
      BundleContext context,
      @Reference(name = "Stream", service = Stream.class) ServiceReference<Stream> stream,
      // lists, because SCR 2.1.16 of Kura 5.6 cannot construct what lacks an optional service
      @Reference(
              name = "CloudPublisher",
              service = CloudPublisher.class,
              cardinality = ReferenceCardinality.MULTIPLE,
              policyOption = ReferencePolicyOption.GREEDY)
          List<ServiceReference<CloudPublisher>> publishers,
      @Reference(
              name = "DataTransportService",
              cardinality = ReferenceCardinality.MULTIPLE,
              policyOption = ReferencePolicyOption.GREEDY)
          List<DataTransportService> transports,
      CloudUplinkConfig config) {
    this(
        new OsgiSurroundings(
            context,
            stream,
            publishers.stream().max(Comparator.naturalOrder()),
            // in the order of their ranks
            transports.stream().reduce((lower, higher) -> higher)),
        Way.of(config),
        UplinkSettings.of(config),
        Links.OF_THE_GATEWAY,
        Clock.system(ZoneId.systemDefault()));
  }

  CloudUplink(
      Surroundings surroundings, Way way, UplinkSettings settings, Links links, Clock clock) {
    this.surroundings = surroundings;
    this.way = way;
    this.world =
        new Relay.World(
            surroundings.stream(),
            surroundings::priority,
            routes::states,
            links,
            surroundings.today(),
            clock);
    start(settings);
    this.unregister = surroundings.register(this::status);
  }

  @Reference(
      name = "Routes",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      target = Routes.FILTER)
  void addRoute(StatusSource route, Map<String, Object> properties) {
    routes.add(route, properties);
  }

  void removeRoute(StatusSource route) {
    routes.remove(route);
  }

  /** A restart would send again what is in flight. */
  @Modified
  void modified(CloudUplinkConfig config) {
    change(Way.of(config), UplinkSettings.of(config));
  }

  synchronized void change(Way newWay, UplinkSettings settings) {
    if (newWay.equals(way) && relay.isPresent()) {
      relay.get().change(settings);
    } else {
      relay.ifPresent(Relay::close);
      way = newWay;
      start(settings);
    }
  }

  private synchronized void start(UplinkSettings settings) {
    Optional<Exit> exit = surroundings.exit(way);
    relay = exit.map(found -> new Relay(world, found, way.link(), settings));
    relay.ifPresent(Relay::start);
  }

  /** Stops the relay; what was not confirmed stays in the stream. */
  @Deactivate
  public synchronized void close() {
    unregister.run();
    relay.ifPresent(Relay::close);
    relay = Optional.empty();
    surroundings.close();
  }

  Status status() {
    return relay.map(Relay::status).orElseGet(this::waiting);
  }

  private Status waiting() {
    String service =
        switch (way.kind()) {
          case CLOUD_PUBLISHER -> "CloudPublisher";
          case DATA_TRANSPORT -> "DataTransportService";
        };
    return new Status(
        List.of(
            "Stream "
                + world.stream().name()
                + " is not relayed: no "
                + service
                + " matches "
                + service
                + ".target; data is kept in the buffer."),
        Map.of("stream", world.stream().name()));
  }
}
