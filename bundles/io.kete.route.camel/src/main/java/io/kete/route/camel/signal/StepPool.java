// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.signal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Keeps what steps remember while their route's text is being replaced: a step of the new text with
 * the same URI goes on where the old one ended.
 */
final class StepPool {
  private record Key(String routeId, String uri) {}

  private final Map<Key, Deque<SignalStep>> resting = new HashMap<>();

  /** The step that rests under this route and URI, else a new one. */
  synchronized SignalStep claim(String routeId, String uri, Supplier<SignalStep> fresh) {
    Deque<SignalStep> steps = resting.get(new Key(routeId, uri));
    SignalStep step = steps == null ? null : steps.poll();
    return step == null ? fresh.get() : step;
  }

  synchronized void rest(String routeId, String uri, SignalStep step) {
    resting.computeIfAbsent(new Key(routeId, uri), key -> new ArrayDeque<>()).add(step);
  }

  /** Drops what still rests of a route. */
  synchronized void forget(String routeId) {
    resting.keySet().removeIf(key -> key.routeId().equals(routeId));
  }
}
