// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel;

/** A route text that cannot run; the message names the route, the line and the node. */
final class RouteTextException extends Exception {
  private static final long serialVersionUID = 1L;

  RouteTextException(String message) {
    super(message);
  }

  RouteTextException(String message, Throwable cause) {
    super(message, cause);
  }
}
