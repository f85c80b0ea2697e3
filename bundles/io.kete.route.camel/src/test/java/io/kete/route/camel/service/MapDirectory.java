// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.service;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A directory that a test fills by hand. */
public final class MapDirectory<T> implements Directory<T> {
  private final Map<String, T> services = new ConcurrentHashMap<>();
  private final Map<String, List<Runnable>> watches = new ConcurrentHashMap<>();

  public MapDirectory<T> with(String name, T service) {
    services.put(name, service);
    watches.getOrDefault(name, List.of()).forEach(Runnable::run);
    return this;
  }

  public void without(String name) {
    services.remove(name);
    watches.getOrDefault(name, List.of()).forEach(Runnable::run);
  }

  @Override
  public Optional<T> find(String name) {
    return Optional.ofNullable(services.get(name));
  }

  @Override
  public Watch watch(String name, Runnable changed) {
    List<Runnable> watchers = watches.computeIfAbsent(name, key -> new CopyOnWriteArrayList<>());
    watchers.add(changed);
    return () -> watchers.remove(changed);
  }
}
