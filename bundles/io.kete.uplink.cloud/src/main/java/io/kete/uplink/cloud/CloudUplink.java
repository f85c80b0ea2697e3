// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import io.kete.buffer.api.Stream;
import io.kete.data.api.Status;
import io.kete.data.api.StatusSource;
import java.time.InstantSource;
import java.util.Map;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.kura.configuration.ConfigurableComponent;
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
    property = StatusSource.AREA + "=uplink")
@Designate(ocd = CloudUplinkConfig.class, factory = true)
public final class CloudUplink implements ConfigurableComponent, StatusSource {

  static final String PID = "io.kete.uplink.cloud.CloudUplink";

  private final CloudPublisher publisher;
  private final Drain drain;

  /** Starts the relay; returns at once. */
  @Activate
  public CloudUplink(
      @Reference(name = "Stream") Stream stream,
      @Reference(name = "CloudPublisher") CloudPublisher publisher,
      CloudUplinkConfig config) {
    this(
        stream,
        publisher,
        UplinkSettings.of(config.window(), config.confirm_timeout(), config.retry_interval()),
        InstantSource.system());
  }

  CloudUplink(
      Stream stream, CloudPublisher publisher, UplinkSettings settings, InstantSource clock) {
    this.publisher = publisher;
    this.drain = new Drain(stream, publisher, settings, new RecordMessages(stream.name(), clock));
    publisher.registerCloudConnectionListener(drain);
    publisher.registerCloudDeliveryListener(drain);
    drain.start();
  }

  /** Stops the relay; what was not confirmed stays in the stream. */
  @Deactivate
  public void close() {
    publisher.unregisterCloudDeliveryListener(drain);
    publisher.unregisterCloudConnectionListener(drain);
    drain.close();
  }

  @Override
  public Status status() {
    return new Status(drain.problems(), Map.copyOf(drain.facts()));
  }
}
