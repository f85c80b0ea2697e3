// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

/** The medium or the store on it failed. */
final class StorageException extends Exception {

  private static final long serialVersionUID = 1L;

  StorageException(String message, Throwable cause) {
    super(message, cause);
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
