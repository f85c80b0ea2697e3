// SPDX-License-Identifier: EPL-2.0
package io.kete.launcher;

/** The gateway cannot start; the message tells the operator why and what to do. */
final class LaunchException extends Exception {

  private static final long serialVersionUID = 1L;

  LaunchException(String message) {
    super(message);
  }

  LaunchException(String message, Throwable cause) {
    super(message, cause);
  }
}
