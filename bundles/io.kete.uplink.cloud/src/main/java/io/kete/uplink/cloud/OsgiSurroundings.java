// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import io.kete.buffer.api.Stream;
import io.kete.data.api.DataDirectory;
import io.kete.data.api.StatusSource;
import io.kete.uplink.cloud.exit.Exit;
import io.kete.uplink.cloud.exit.PublisherExit;
import io.kete.uplink.cloud.exit.TransportExit;
import io.kete.uplink.cloud.pace.DayCount;
import java.util.Collection;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Optional;
import org.eclipse.kura.cloudconnection.CloudConnectionManager;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.kura.data.DataTransportService;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** The services and folders of the framework. */
final class OsgiSurroundings implements Surroundings {

  private static final String ENDPOINT = "cloud.endpoint.service.pid";
  private static final int USUAL_PRIORITY = 5;

  private final BundleContext context;
  private final ServiceReference<Stream> streamReference;
  private final Stream stream;
  private final Optional<ServiceReference<CloudPublisher>> publisherReference;
  private final Optional<CloudPublisher> publisher;
  private final Optional<DataTransportService> transport;

  OsgiSurroundings(
      BundleContext context,
      ServiceReference<Stream> stream,
      Optional<ServiceReference<CloudPublisher>> publisher,
      Optional<DataTransportService> transport) {
    this.context = context;
    this.streamReference = stream;
    this.stream = service(context, stream);
    this.publisherReference = publisher;
    this.publisher = publisher.map(reference -> service(context, reference));
    this.transport = transport;
  }

  private static <T> T service(BundleContext context, ServiceReference<T> reference) {
    T service = context.getService(reference);
    if (service == null) {
      throw new IllegalStateException("a service has gone: " + reference);
    }
    return service;
  }

  @Override
  public Stream stream() {
    return stream;
  }

  @Override
  public int priority() {
    Object priority = streamReference.getProperty(Stream.PRIORITY);
    return priority instanceof Integer number && number >= 0 && number <= 9
        ? number
        : USUAL_PRIORITY;
  }

  @Override
  public Optional<Exit> exit(Way way) {
    return switch (way.kind()) {
      case CLOUD_PUBLISHER -> publisher.map(there -> new PublisherExit(there, this::isConnected));
      case DATA_TRANSPORT ->
          transport.map(there -> new TransportExit(there, way.topic(), way.gzipFrom()));
    };
  }

  /** What the connection of the publisher says; true when it cannot be found. */
  private boolean isConnected() {
    Object pid = publisherReference.map(reference -> reference.getProperty(ENDPOINT)).orElse("");
    try {
      Collection<ServiceReference<CloudConnectionManager>> found =
          context.getServiceReferences(
              CloudConnectionManager.class, "(kura.service.pid=" + escaped(pid) + ")");
      for (ServiceReference<CloudConnectionManager> reference : found) {
        CloudConnectionManager manager = context.getService(reference);
        if (manager != null) {
          boolean isConnected = manager.isConnected();
          context.ungetService(reference);
          return isConnected;
        }
      }
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
    return true;
  }

  private static String escaped(Object value) {
    return String.valueOf(value).replaceAll("[\\\\*()]", "\\\\$0");
  }

  @Override
  public DayCount today() {
    return new DayCount(
        DataDirectory.of(context::getProperty)
            .map(data -> data.resolve("uplink").resolve(stream.name() + ".budget")));
  }

  /** By hand, because the area holds the name of the stream. */
  @Override
  @SuppressWarnings("JdkObsolete") // the framework asks for a Dictionary
  public Runnable register(StatusSource source) {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put(StatusSource.AREA, "uplink." + stream.name());
    return context.registerService(StatusSource.class, source, properties)::unregister;
  }

  @Override
  public void close() {
    publisherReference.ifPresent(context::ungetService);
    context.ungetService(streamReference);
  }
}
