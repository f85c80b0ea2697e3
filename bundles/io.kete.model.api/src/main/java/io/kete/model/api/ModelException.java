// SPDX-License-Identifier: EPL-2.0
package io.kete.model.api;

/** A model that cannot be loaded or run; the message is fit for the operator and holds no value. */
public final class ModelException extends Exception {

  private static final long serialVersionUID = 1L;

  /** With what is wrong. */
  public ModelException(String message) {
    super(message);
  }

  /** With what is wrong and its cause. */
  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
