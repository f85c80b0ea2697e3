// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Bytes are no message of the expected format. Code: {@link
 * KuraErrorCode#INVALID_MESSAGE_EXCEPTION}.
 */
@ProviderType
public class KuraInvalidMessageException extends KuraRuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a detail for the message. */
  public KuraInvalidMessageException(Object argument) {
    super(KuraErrorCode.INVALID_MESSAGE_EXCEPTION, null, argument);
  }

  /** With a cause only. */
  public KuraInvalidMessageException(Throwable cause) {
    super(KuraErrorCode.INVALID_MESSAGE_EXCEPTION, cause, "");
  }

  /** With a cause and a detail for the message. */
  public KuraInvalidMessageException(Throwable cause, Object argument) {
    super(KuraErrorCode.INVALID_MESSAGE_EXCEPTION, cause, argument);
  }
}
