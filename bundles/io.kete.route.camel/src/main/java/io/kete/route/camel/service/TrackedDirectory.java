// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.service;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
 * <p>Services come and go on any thread at the same time. Who is given is decided anew under a lock
 * at each change, from what is there then; watchers are told after it was let go.
 *
 * @param <T> type of the service
 */
public final class TrackedDirectory<T> implements Directory<T>, AutoCloseable {
  private record Named<T>(String name, T service) {}

  private final BundleContext context;
  private final String nameProperty;
  private final ServiceTracker<T, T> tracker;

  /** All that are there; guarded by itself. */
  private final Map<ServiceReference<T>, Named<T>> known = new HashMap<>();

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

  private void note(ServiceReference<T> reference, @Nullable T service) {
    Object name = reference.getProperty(nameProperty);
    Set<String> changed = new HashSet<>();
    synchronized (known) {
      Named<T> before = known.remove(reference);
      if (before != null) {
        changed.add(before.name());
      }
      if (service != null && name instanceof String text) {
        known.put(reference, new Named<>(text, service));
        changed.add(text);
      }
      changed.removeIf(one -> !elect(one));
    }
    changed.forEach(this::tell);
  }

  /** Gives the name to the one that ranks highest now; false when it has it already. */
  private boolean elect(String name) {
    T best =
        known.entrySet().stream()
            .filter(entry -> name.equals(entry.getValue().name()))
            .max(Map.Entry.comparingByKey())
            .map(entry -> entry.getValue().service())
            .orElse(null);
    T before = best == null ? present.remove(name) : present.put(name, best);
    return before != best;
  }

  private void tell(String name) {
    watches.getOrDefault(name, List.of()).forEach(Runnable::run);
  }

  private final class Follower implements ServiceTrackerCustomizer<T, T> {
    @Override
    public @Nullable T addingService(ServiceReference<T> reference) {
      // a component that could not be made, or is going already, gives none
      T service = context.getService(reference);
      note(reference, service);
      return service;
    }

    @Override
    public void modifiedService(ServiceReference<T> reference, T service) {
      note(reference, service);
    }

    @Override
    public void removedService(ServiceReference<T> reference, T service) {
      note(reference, null);
      context.ungetService(reference);
    }
  }
}
