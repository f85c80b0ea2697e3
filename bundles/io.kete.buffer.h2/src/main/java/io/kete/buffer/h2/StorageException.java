// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

/** The medium or the store on it failed. */
final class StorageException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String consequence;

  StorageException(String message, Throwable cause) {
    this(message, cause, "samples are refused until the medium works again");
  }

  /**
   * A failure that is not one of the medium.
   *
   * @param consequence what it means and what to do
   */
  StorageException(String message, Throwable cause, String consequence) {
    super(message, cause);
    this.consequence = consequence;
  }

  /** What it means for the stream, and what to do. */
  String consequence() {
    return consequence;
  }

  /** The innermost message, which is the one that names the reason. */
  String reason() {
    Throwable deepest = this;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String text = deepest.getMessage();
    return text == null ? deepest.getClass().getSimpleName() : text;
  }
}
