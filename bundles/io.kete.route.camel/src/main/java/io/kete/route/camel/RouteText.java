// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * Reads a route from text in Camel's YAML, and says in words where a broken one is broken.
 *
 * @param pid pid of the route, also the name under which it is reported
 * @param text exactly one route
 */
record RouteText(String pid, String text) {
  private static final int MAX_LENGTH = 65_536;
  private static final int MAX_MESSAGE = 500;
  private static final Pattern YAML_PLACE = Pattern.compile("\\bline (\\d+), column \\d+");
  private static final Pattern NODE = Pattern.compile(">>> (.*) <<<", Pattern.DOTALL);

  /** The definition, prepared but not yet in the context. */
  RouteDefinition parse(CamelContext context) throws RouteTextException {
    if (text.isBlank()) {
      throw new RouteTextException("route " + pid + ": line 1: the text is empty");
    }
    if (text.length() > MAX_LENGTH) {
      throw new RouteTextException(
          "route " + pid + ": the text is longer than " + MAX_LENGTH + " characters");
    }
    try {
      return parseBounded(context);
    } catch (StackOverflowError deep) {
      // The YAML parser recurses and has no bound on depth that could be set from here; it keeps no
      // state.
      throw new RouteTextException(
          "route " + pid + ": line 1: the text is nested too deeply", deep);
    }
  }

  private RouteDefinition parseBounded(CamelContext context) throws RouteTextException {
    RouteBuilder builder = builder(context);
    List<RouteDefinition> routes;
    try {
      routes = builder.configureRoutes(context).getRoutes();
    } catch (Exception broken) {
      // Camel declares Exception here.
      throw explain(broken, Optional.empty());
    }
    boolean more =
        !builder.getRestCollection().getRests().isEmpty()
            || !builder.getRouteTemplateCollection().getRouteTemplates().isEmpty()
            || !builder.getTemplatedRouteCollection().getTemplatedRoutes().isEmpty();
    if (routes.size() != 1 || more) {
      throw new RouteTextException(
          "route "
              + pid
              + ": line 1: the text must hold exactly one route, it holds "
              + (more ? "something else" : String.valueOf(routes.size())));
    }
    RouteDefinition route = routes.get(0);
    builder.getRouteCollection().prepareRoute(route);
    return route;
  }

  private RouteBuilder builder(CamelContext context) throws RouteTextException {
    try {
      Collection<RoutesBuilder> builders =
          PluginHelper.getRoutesLoader(context)
              .findRoutesBuilders(ResourceHelper.fromString(pid + ".yaml", text));
      if (builders.size() == 1 && builders.iterator().next() instanceof RouteBuilder builder) {
        return builder;
      }
    } catch (Exception broken) {
      // Camel declares Exception here.
      throw explain(broken, Optional.empty());
    }
    throw new RouteTextException("route " + pid + ": line 1: the text holds no route");
  }

  /**
   * Turns a failure of Camel into one sentence for the operator. Camel declares Exception, so any
   * kind can come.
   */
  RouteTextException explain(Exception failure, Optional<RouteDefinition> route) {
    String node = nodeOf(failure);
    int line = lineOf(failure, node, route);
    StringBuilder message = new StringBuilder("route ").append(pid).append(": ");
    if (line > 0) {
      message.append("line ").append(line).append(": ");
    }
    if (!node.isEmpty()) {
      message.append(node).append(": ");
    }
    message.append(shorten(causeOf(failure)));
    return new RouteTextException(message.toString(), failure);
  }

  private static String causeOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null || message.isBlank() ? root.getClass().getSimpleName() : message;
  }

  private static String shorten(String message) {
    String line = message.strip().replaceAll("\\s+", " ");
    return line.length() <= MAX_MESSAGE ? line : line.substring(0, MAX_MESSAGE);
  }

  private static String nodeOf(Exception failure) {
    Matcher at = NODE.matcher(String.valueOf(failure.getMessage()));
    return at.find() ? at.group(1) : uriOf(failure).orElse("");
  }

  private static Optional<String> uriOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ResolveEndpointFailedException unresolved) {
        return Optional.of(unresolved.getUri().replaceFirst("^([a-z]+)://", "$1:"));
      }
    }
    return Optional.empty();
  }

  private int lineOf(Exception failure, String node, Optional<RouteDefinition> route) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Matcher place = YAML_PLACE.matcher(String.valueOf(cause.getMessage()));
      if (place.find()) {
        return Integer.parseInt(place.group(1));
      }
    }
    int modelled = route.map(definition -> modelledLine(definition, node)).orElse(-1);
    return modelled > 0 ? modelled : textLine(uriOf(failure).orElse(node));
  }

  /** The line that the parser noted for the node that Camel names in its message. */
  private static int modelledLine(RouteDefinition route, String node) {
    if (node.isEmpty()) {
      return -1;
    }
    for (ProcessorDefinition<?> step : route.getOutputs()) {
      int line = modelledLine(step, node);
      if (line > 0) {
        return line;
      }
    }
    return -1;
  }

  private static int modelledLine(ProcessorDefinition<?> step, String node) {
    if (step.toString().equals(node)) {
      return step.getLineNumber();
    }
    for (ProcessorDefinition<?> inner : step.getOutputs()) {
      int line = modelledLine(inner, node);
      if (line > 0) {
        return line;
      }
    }
    return -1;
  }

  /** The first line that holds the beginning of this URI. */
  private int textLine(String uri) {
    String start = uri.replaceFirst("[?].*$", "");
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size() && !start.isEmpty(); i++) {
      if (lines.get(i).contains(start)) {
        return i + 1;
      }
    }
    return -1;
  }
}
