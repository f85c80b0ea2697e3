// SPDX-License-Identifier: EPL-2.0
package io.kete.demo.centre;

import java.io.Serial;

/** What arrived is not what docs/record.md allows. */
final class RecordException extends Exception {

  @Serial private static final long serialVersionUID = 1;

  RecordException(String message) {
    super(message);
  }

  RecordException(String message, Throwable cause) {
    super(message, cause);
  }
}
