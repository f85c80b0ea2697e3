// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.slot;

import io.kete.model.api.Binding;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Windows of routes that are being replaced. */
final class Windows {

  private static final int MAX_RESTING = 64;

  private record Key(String route, Map<String, String> channels) {}

  private final Map<Key, Deque<Window>> resting = new LinkedHashMap<>();

  private static Key key(Binding binding) {
    return new Key(binding.route(), binding.channels());
  }

  /** The window that rests under this binding, else a new one. */
  synchronized Window claim(Binding binding) {
    Deque<Window> windows = resting.get(key(binding));
    Window window = windows == null ? null : windows.poll();
    if (windows != null && windows.isEmpty()) {
      resting.remove(key(binding));
    }
    return window == null ? new Window() : window;
  }

  synchronized void rest(Binding binding, Window window) {
    resting.computeIfAbsent(key(binding), key -> new ArrayDeque<>()).add(window);
    Iterator<Key> oldest = resting.keySet().iterator();
    if (resting.size() > MAX_RESTING && oldest.hasNext()) {
      oldest.next();
      oldest.remove();
    }
  }
}
