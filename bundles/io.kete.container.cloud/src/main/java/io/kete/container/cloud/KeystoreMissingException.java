// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import java.io.IOException;

/** A keystore that TLS needs is not there, cannot be read or does not hold what is needed. */
final class KeystoreMissingException extends IOException {

  private static final long serialVersionUID = 1L;

  /** The message says what to do. */
  KeystoreMissingException(String message) {
    super(message);
  }
}
