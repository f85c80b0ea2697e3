// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.gate;

import io.kete.model.api.ModelEngine;
import io.kete.policy.api.Verifier;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Engines and the verifier, as they come and go. */
public final class Surroundings {

  private final Map<String, List<ModelEngine>> engines = new ConcurrentHashMap<>();
  private final List<Verifier> verifiers = new CopyOnWriteArrayList<>();

  /** An engine came. */
  public void add(String name, ModelEngine engine) {
    engines.computeIfAbsent(name, key -> new CopyOnWriteArrayList<>()).add(engine);
  }

  /** An engine went. */
  public void remove(ModelEngine engine) {
    engines.values().forEach(list -> list.remove(engine));
  }

  /** The verifier came. */
  public void add(Verifier verifier) {
    verifiers.add(verifier);
  }

  /** The verifier went. */
  public void remove(Verifier verifier) {
    verifiers.remove(verifier);
  }

  /** The engine of that name that came first of those that are there. */
  public Optional<ModelEngine> engine(String name) {
    return engines.getOrDefault(name, List.of()).stream().findFirst();
  }

  Optional<Verifier> verifier() {
    return verifiers.stream().findFirst();
  }
}
