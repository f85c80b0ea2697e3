// SPDX-License-Identifier: EPL-2.0
package io.kete.container.asset;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.configuration.ConfigurationService;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/** The services of one type that are there now, by their {@code kura.service.pid}. */
final class Tracked<T> implements AutoCloseable {

  private final ServiceTracker<T, T> tracker;

  private Tracked(ServiceTracker<T, T> tracker) {
    this.tracker = tracker;
    tracker.open();
  }

  static <T> Tracked<T> all(BundleContext context, Class<T> type) {
    return new Tracked<>(new ServiceTracker<>(context, type, null));
  }

  /** Only the one with this pid. */
  static <T> Tracked<T> one(BundleContext context, Class<T> type, String pid) {
    String escaped = pid.replaceAll("([\\\\*()])", "\\\\$1");
    String filter =
        String.format(
            "(&(%s=%s)(%s=%s))",
            Constants.OBJECTCLASS, type.getName(), ConfigurationService.KURA_SERVICE_PID, escaped);
    try {
      return new Tracked<>(new ServiceTracker<>(context, FrameworkUtil.createFilter(filter), null));
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException("not a pid: " + pid, e);
    }
  }

  /** Any of them. */
  Optional<T> any() {
    return Optional.ofNullable(tracker.getService());
  }

  Optional<T> find(String pid) {
    return entries().entrySet().stream()
        .filter(entry -> pid.equals(pid(entry.getKey())))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  Optional<String> pidOf(T service) {
    return entries().entrySet().stream()
        .filter(entry -> entry.getValue() == service)
        .map(entry -> pid(entry.getKey()))
        .findFirst();
  }

  List<T> list() {
    return List.copyOf(entries().values());
  }

  Map<ServiceReference<T>, T> entries() {
    return tracker.getTracked();
  }

  static String pid(ServiceReference<?> reference) {
    return text(reference, ConfigurationService.KURA_SERVICE_PID);
  }

  /** A service property as text; empty when there is none. */
  static String text(ServiceReference<?> reference, String key) {
    Object value = reference.getProperty(key);
    return value == null ? "" : value.toString();
  }

  @Override
  public void close() {
    tracker.close();
  }
}
