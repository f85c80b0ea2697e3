// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import io.kete.buffer.api.Stream;
import io.kete.data.api.Status;
import io.kete.data.api.StatusSource;
import java.time.InstantSource;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Relays one stream continuously: the entry component of the bundle. */
@Component(
    name = CloudUplink.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = ConfigurableComponent.class)
@Designate(ocd = CloudUplinkConfig.class, factory = true)
public final class CloudUplink implements ConfigurableComponent {

  static final String PID = "io.kete.uplink.cloud.CloudUplink";

  private final CloudPublisher publisher;
  private final Drain drain;
  private final Runnable unregister;

  /** Starts the relay; returns at once. */
  @Activate
  public CloudUplink(
      BundleContext context,
      @Reference(name = "Stream") Stream stream,
      @Reference(name = "CloudPublisher") CloudPublisher publisher,
      CloudUplinkConfig config) {
    this(
        stream,
        publisher,
        UplinkSettings.of(config.window(), config.confirm_timeout(), config.retry_interval()),
        InstantSource.system(),
        source -> register(context, stream.name(), source));
  }

  CloudUplink(
      Stream stream,
      CloudPublisher publisher,
      UplinkSettings settings,
      InstantSource clock,
      Function<StatusSource, Runnable> registration) {
    this.publisher = publisher;
    this.drain = new Drain(stream, publisher, settings, new RecordMessages(stream.name(), clock));
    publisher.registerCloudConnectionListener(drain);
    publisher.registerCloudDeliveryListener(drain);
    drain.start();
    this.unregister = registration.apply(this::status);
  }

  /** By hand, because the area holds the name of the stream. */
  @SuppressWarnings("JdkObsolete") // the framework asks for a Dictionary
  private static Runnable register(BundleContext context, String stream, StatusSource source) {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put(StatusSource.AREA, "uplink." + stream);
    return context.registerService(StatusSource.class, source, properties)::unregister;
  }

  /** Stops the relay; what was not confirmed stays in the stream. */
  @Deactivate
  public void close() {
    unregister.run();
    publisher.unregisterCloudDeliveryListener(drain);
    publisher.unregisterCloudConnectionListener(drain);
    drain.close();
  }

  Status status() {
    return new Status(drain.problems(), Map.copyOf(drain.facts()));
  }
}
