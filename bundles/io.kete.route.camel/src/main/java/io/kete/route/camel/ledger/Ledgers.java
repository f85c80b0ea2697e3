// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.ledger;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The accounts of all routes, found by route id. */
public final class Ledgers {
  private final Map<String, RouteLedger> byRoute = new ConcurrentHashMap<>();

  /** The account of a route, opened if there is none. */
  public RouteLedger open(String routeId) {
    return byRoute.computeIfAbsent(routeId, id -> new RouteLedger(id, System::nanoTime));
  }

  /**
   * The account of a route; one that nobody reads when none is open, for a route that is only being
   * checked.
   */
  public RouteLedger of(String routeId) {
    RouteLedger open = byRoute.get(routeId);
    return open != null ? open : new RouteLedger(routeId, System::nanoTime);
  }

  /** Forgets the account of a route that is gone for good. */
  public void close(String routeId) {
    byRoute.remove(routeId);
  }
}
