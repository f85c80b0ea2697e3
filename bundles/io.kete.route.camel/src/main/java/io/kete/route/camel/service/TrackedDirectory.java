// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.service;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * Follows the services of one type in the framework. Of several with the same name the one that
 * ranks highest is given.
 *
 * @param <T> type of the service
 */
public final class TrackedDirectory<T> implements Directory<T>, AutoCloseable {
  private final BundleContext context;
  private final String nameProperty;
  private final ServiceTracker<T, T> tracker;
  private final Map<String, T> present = new ConcurrentHashMap<>();
  private final Map<String, List<Runnable>> watches = new ConcurrentHashMap<>();

  /** Begins to follow; {@link #close} ends it. */
  public TrackedDirectory(BundleContext context, Class<T> type, String nameProperty) {
    this.context = context;
    this.nameProperty = nameProperty;
    this.tracker = new ServiceTracker<>(context, type, new Follower());
    tracker.open();
  }

  @Override
  public Optional<T> find(String name) {
    return Optional.ofNullable(present.get(name));
  }

  @Override
  public Watch watch(String name, Runnable changed) {
    List<Runnable> watchers = watches.computeIfAbsent(name, key -> new CopyOnWriteArrayList<>());
    watchers.add(changed);
    return () -> watchers.remove(changed);
  }

  @Override
  public void close() {
    tracker.close();
  }

  private @Nullable String nameOf(ServiceReference<T> reference) {
    return reference.getProperty(nameProperty) instanceof String name ? name : null;
  }

  private void came(ServiceReference<T> reference, T service) {
    String name = nameOf(reference);
    if (name != null) {
      T best = best(name);
      present.put(name, best != null && ranksAbove(name, reference) ? best : service);
      tell(name);
    }
  }

  private boolean ranksAbove(String name, ServiceReference<T> reference) {
    return tracker.getTracked().keySet().stream()
        .anyMatch(other -> name.equals(nameOf(other)) && other.compareTo(reference) > 0);
  }

  private @Nullable T best(String name) {
    return tracker.getTracked().entrySet().stream()
        .filter(entry -> name.equals(nameOf(entry.getKey())))
        .max(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .orElse(null);
  }

  private void went(T service) {
    present.forEach(
        (name, known) -> {
          if (known == service) {
            T next = best(name);
            if (next == null) {
              present.remove(name, known);
            } else {
              present.put(name, next);
            }
            tell(name);
          }
        });
  }

  private void tell(String name) {
    watches.getOrDefault(name, List.of()).forEach(Runnable::run);
  }

  private final class Follower implements ServiceTrackerCustomizer<T, T> {
    @Override
    public T addingService(ServiceReference<T> reference) {
      T service = context.getService(reference);
      came(reference, service);
      return service;
    }

    @Override
    public void modifiedService(ServiceReference<T> reference, T service) {
      if (find(String.valueOf(nameOf(reference))).orElse(null) != service) {
        went(service);
        came(reference, service);
      }
    }

    @Override
    public void removedService(ServiceReference<T> reference, T service) {
      went(service);
      context.ungetService(reference);
    }
  }
}
