// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * Follows the cloud service a publisher or subscriber names, which may come and go without
 * restarting its users.
 */
final class EndpointTracker implements ServiceTrackerCustomizer<Endpoint, Endpoint>, AutoCloseable {

  private final BundleContext bundle;
  private final Consumer<Endpoint> came;
  private final Consumer<Endpoint> went;
  private final ServiceTracker<Endpoint, Endpoint> tracker;

  EndpointTracker(
      BundleContext bundle,
      String component,
      String endpointPid,
      Consumer<Endpoint> came,
      Consumer<Endpoint> went) {
    this.bundle = bundle;
    this.came = came;
    this.went = went;
    this.tracker = new ServiceTracker<>(bundle, filter(bundle, component, endpointPid), this);
    tracker.open();
  }

  @Override
  public @Nullable Endpoint addingService(ServiceReference<Endpoint> reference) {
    Endpoint endpoint = bundle.getService(reference);
    if (endpoint != null) {
      came.accept(endpoint);
    }
    return endpoint;
  }

  @Override
  public void modifiedService(ServiceReference<Endpoint> reference, Endpoint endpoint) {}

  @Override
  public void removedService(ServiceReference<Endpoint> reference, Endpoint endpoint) {
    went.accept(endpoint);
    bundle.ungetService(reference);
  }

  @Override
  public void close() {
    tracker.close();
  }

  private static Filter filter(BundleContext bundle, String component, String pid) {
    if (pid.isBlank() || pid.chars().anyMatch(c -> "()*\\".indexOf(c) >= 0)) {
      throw Settings.wrong(
          component, "cloud.endpoint.service.pid", "is the PID of a cloud service");
    }
    try {
      return bundle.createFilter(
          "(&("
              + Constants.OBJECTCLASS
              + "="
              + Endpoint.class.getName()
              + ")(kura.service.pid="
              + pid
              + "))");
    } catch (InvalidSyntaxException e) {
      throw Settings.wrong(
          component, "cloud.endpoint.service.pid", "is the PID of a cloud service");
    }
  }
}
