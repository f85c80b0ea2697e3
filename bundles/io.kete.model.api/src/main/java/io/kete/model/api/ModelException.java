// SPDX-License-Identifier: EPL-2.0
package io.kete.model.api;

/** A model that cannot be loaded or run; the message is fit for the operator and holds no value. */
public final class ModelException extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean lasting;

  /** With what is wrong with the model. */
  public ModelException(String message) {
    super(message);
    this.lasting = true;
  }

  /** With what is wrong with the model and its cause. */
  public ModelException(String message, Throwable cause) {
    this(message, cause, true);
  }

  /**
   * With what is wrong and its cause.
   *
   * @param lasting true when the same bytes would be refused again, false when the surroundings are
   *     to blame, for instance a native library that is not installed
   */
  public ModelException(String message, Throwable cause, boolean lasting) {
    super(message, cause);
    this.lasting = lasting;
  }

  /** Whether trying the same bytes again is of no use. */
  public boolean isLasting() {
    return lasting;
  }
}
