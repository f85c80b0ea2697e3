// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import io.kete.data.api.Status;
import io.kete.data.api.StatusSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The routes of the gateway, as far as they tell of themselves. */
final class Routes {

  static final String FILTER = "(kete.status.area=route.*)";

  private static final String AREA = "route.";

  private final Map<StatusSource, String> sources = new ConcurrentHashMap<>();

  void add(StatusSource source, Map<String, ?> properties) {
    String area = String.valueOf(properties.get(StatusSource.AREA));
    sources.put(source, area.startsWith(AREA) ? area.substring(AREA.length()) : area);
  }

  void remove(StatusSource source) {
    sources.remove(source);
  }

  /** How each route is doing, by its name. */
  Map<String, Status> states() {
    Map<String, Status> states = new TreeMap<>();
    sources.forEach((source, name) -> states.put(name, source.status()));
    return states;
  }
}
