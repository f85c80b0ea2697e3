// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel;

import io.kete.data.api.StatusSource;
import java.util.Hashtable;
import java.util.Map;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.configuration.ConfigurationService;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * One configured route. A new text replaces only this route, after the samples in it have left;
 * therefore {@code @Modified}. A broken text does not fail the component: the previous text runs on
 * and the status tells why.
 */
@Component(
    name = CamelRoute.PID,
    service = ConfigurableComponent.class,
    immediate = true,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = CamelRouteConfig.class, factory = true)
public final class CamelRoute implements ConfigurableComponent {
  static final String PID = "io.kete.route.camel.CamelRoute";

  private final CamelRuntime runtime;
  private final String pid;
  private final ServiceRegistration<StatusSource> registration;

  /** Queues the route and returns. */
  @Activate
  @SuppressWarnings("JdkObsolete") // the framework takes a Dictionary
  public CamelRoute(
      @Reference CamelRuntime runtime,
      BundleContext context,
      CamelRouteConfig config,
      Map<String, Object> properties) {
    this.runtime = runtime;
    this.pid = pidOf(properties);
    runtime.apply(new RouteSettings(pid, config.route(), config.enabled()));
    Hashtable<String, Object> area = new Hashtable<>();
    area.put(StatusSource.AREA, "route." + pid);
    registration = context.registerService(StatusSource.class, () -> runtime.status(pid), area);
  }

  private static String pidOf(Map<String, Object> properties) {
    if (properties.get(ConfigurationService.KURA_SERVICE_PID) instanceof String pid
        && !pid.isBlank()) {
      return pid;
    }
    throw new IllegalArgumentException(
        PID + ": key " + ConfigurationService.KURA_SERVICE_PID + " must name the route");
  }

  /** Replaces this route, and only this one. */
  @Modified
  void modified(CamelRouteConfig config) {
    runtime.apply(new RouteSettings(pid, config.route(), config.enabled()));
  }

  /** Waits, within bounds, until the samples in the route have left. */
  @Deactivate
  void deactivate() {
    registration.unregister();
    RouteHost.await(runtime.remove(pid));
  }
}
