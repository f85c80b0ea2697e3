// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.pack;

/** A package or an operation that is not carried out; the message tells the operator why. */
public final class RefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  /** With the reason. */
  public RefusedException(String reason) {
    super(reason);
  }

  /** With the reason and what is behind it. */
  public RefusedException(String reason, Throwable cause) {
    super(reason, cause);
  }

  /** The reason. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
