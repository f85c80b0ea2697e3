// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura;

import org.osgi.annotation.versioning.ProviderType;

/** A connection could not be closed in order. Code: {@link KuraErrorCode#DISCONNECTION_FAILED}. */
@ProviderType
public class KuraDisconnectException extends KuraException {
  private static final long serialVersionUID = 1L;

  /** With a detail for the message. */
  public KuraDisconnectException(Object argument) {
    super(KuraErrorCode.DISCONNECTION_FAILED, null, argument);
  }

  /** With a cause and a detail for the message. */
  public KuraDisconnectException(Throwable cause, Object argument) {
    super(KuraErrorCode.DISCONNECTION_FAILED, cause, argument);
  }
}
