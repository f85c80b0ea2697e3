// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.ledger;

/** A step could not do its work on one sample. */
public final class StepException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * @param reason the word under which the failure is counted
   * @param message for the operator: what is wrong and what to do; never contains a value
   */
  public StepException(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** The word under which the failure is counted. */
  public String reason() {
    return reason;
  }
}
