// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura;

import org.osgi.annotation.versioning.ProviderType;

/** An answer did not come in time. Code: {@link KuraErrorCode#TIMED_OUT}. */
@ProviderType
public class KuraTimeoutException extends KuraException {
  private static final long serialVersionUID = 1L;

  /** With a detail for the message. */
  public KuraTimeoutException(String message) {
    super(KuraErrorCode.TIMED_OUT, null, message);
  }

  /** With a detail for the message and a cause. */
  public KuraTimeoutException(String message, Throwable cause) {
    super(KuraErrorCode.TIMED_OUT, cause, message);
  }
}
