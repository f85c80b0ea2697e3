// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel;

import io.kete.route.camel.ledger.RouteLedger;
import io.kete.route.camel.signal.SignalComponent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Route;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts routes into a running context, replaces them one at a time and takes them out. For one
 * thread, whose context class loader is Camel's.
 */
final class Routes {
  private static final Logger logger = LoggerFactory.getLogger(Routes.class);
  private static final String CHECKED = "~check";
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final DefaultCamelContext context;
  private final SignalComponent signals;
  private final InFlight inFlight = new InFlight();
  private final Map<String, RouteText> running = new HashMap<>();

  Routes(DefaultCamelContext context, SignalComponent signals) {
    this.context = context;
    this.signals = signals;
    context.setInflightRepository(inFlight);
  }

  Optional<String> runningText(String pid) {
    return Optional.ofNullable(running.get(pid)).map(RouteText::text);
  }

  /**
   * Makes the route of this pid the one in the text. When the text is broken what ran before runs
   * on.
   *
   * @throws RouteTextException when the text is broken
   */
  void put(RouteText text, RouteLedger ledger) throws RouteTextException, InterruptedException {
    RouteText before = running.get(text.pid());
    if (before == null) {
      add(text, text.pid(), ledger, true);
    } else if (!before.text().equals(text.text())) {
      check(text);
      replace(before, text, ledger);
    }
    running.put(text.pid(), text);
  }

  /** Builds the whole route beside the running one, under another id and never started. */
  private void check(RouteText text) throws RouteTextException {
    String id = text.pid() + CHECKED;
    try {
      add(text, id, new RouteLedger(id, System::nanoTime), false);
    } finally {
      takeOut(id);
    }
  }

  private void replace(RouteText before, RouteText text, RouteLedger ledger)
      throws RouteTextException, InterruptedException {
    drain(text.pid(), ledger);
    takeOut(text.pid());
    try {
      add(text, text.pid(), ledger, true);
    } catch (RouteTextException broken) {
      add(before, text.pid(), ledger, true);
      throw broken;
    }
    signals.forget(text.pid());
  }

  void remove(String pid, RouteLedger ledger) throws InterruptedException {
    if (running.remove(pid) != null) {
      drain(pid, ledger);
      takeOut(pid);
      signals.forget(pid);
    }
  }

  private void add(RouteText text, String id, RouteLedger ledger, boolean start)
      throws RouteTextException {
    RouteDefinition route = text.parse(context);
    route.setId(id);
    route.setRoutePolicies(List.of(ledger));
    route.setAutoStartup(String.valueOf(start));
    try {
      context.addRouteDefinition(route);
    } catch (Exception broken) {
      // Camel declares Exception here; the half-made route must not stay in the model.
      takeOut(id);
      throw text.explain(broken, Optional.of(route));
    }
  }

  /** Lets the route take nothing new in and waits until what is in it has left, within bounds. */
  private void drain(String pid, RouteLedger ledger) throws InterruptedException {
    Route route = context.getRoute(pid);
    if (route == null) {
      return;
    }
    ServiceHelper.suspendService(route.getConsumer());
    if (!ledger.awaitIdle(DRAIN_NANOS)) {
      logger.warn("route_drain_timeout route={} inRoute={}", pid, ledger.counts().inRoute());
      return;
    }
    // The ledger is told a moment before Camel's own count, which would make Camel wait a whole
    // second.
    if (!inFlight.awaitNone(pid, SETTLE_NANOS)) {
      logger.debug("route_settle_timeout route={}", pid);
    }
  }

  private void takeOut(String id) {
    try {
      if (context.getRoute(id) != null) {
        context.getRouteController().stopRoute(id, 1, TimeUnit.SECONDS);
        context.removeRoute(id);
      }
      RouteDefinition left = context.getRouteDefinition(id);
      if (left != null) {
        context.removeRouteDefinition(left);
      }
      signals.forget(id.endsWith(CHECKED) ? id : "");
    } catch (Exception stuck) {
      // Camel declares Exception here; a route that does not stop cleanly must not keep the others
      // from theirs.
      logger.warn("route_stop_failed route={}", id, stuck);
    }
  }
}
