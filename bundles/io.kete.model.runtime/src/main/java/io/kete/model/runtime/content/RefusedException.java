// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.content;

/** A model that must not serve; the message says why, fit for the operator. */
public final class RefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean lasting;

  /**
   * @param reason what is wrong
   * @param lasting whether the same bytes would be refused again whatever is around them
   */
  public RefusedException(String reason, boolean lasting) {
    super(reason);
    this.lasting = lasting;
  }

  /** What is wrong. */
  public String reason() {
    return String.valueOf(getMessage());
  }

  /** Whether the same bytes would be refused again whatever is around them. */
  public boolean isLasting() {
    return lasting;
  }

  static RefusedException lasting(String reason) {
    return new RefusedException(reason, true);
  }
}
