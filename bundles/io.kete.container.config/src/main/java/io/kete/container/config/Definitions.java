// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What bundles define, by PID. Not safe for threads: {@link Configurations} guards it. */
final class Definitions {
  private final Map<String, Metatype> byPid = new LinkedHashMap<>();

  Optional<Metatype> find(String pid) {
    return Optional.ofNullable(byPid.get(pid));
  }

  void put(Metatype metatype) {
    byPid.put(metatype.pid(), metatype);
  }

  /** Removes a definition, unless another one has taken its place. */
  void remove(Metatype metatype) {
    byPid.remove(metatype.pid(), metatype);
  }

  Set<String> factories() {
    Set<String> factories = new TreeSet<>();
    byPid.values().stream()
        .filter(Metatype::factory)
        .forEach(metatype -> factories.add(metatype.pid()));
    return factories;
  }

  /** The defaults of a definition. */
  static Map<String, Object> defaults(Metatype metatype) {
    Map<String, Object> defaults = new LinkedHashMap<>();
    for (Metatype.Attribute attribute : metatype.definition().attributes()) {
      ValueText.fallback(attribute).ifPresent(value -> defaults.put(attribute.id(), value));
    }
    return defaults;
  }

  /** The values with the defaults of the keys they do not have. */
  static Map<String, Object> completed(Metatype metatype, Map<String, Object> values) {
    Map<String, Object> completed = defaults(metatype);
    completed.putAll(values);
    return completed;
  }
}
