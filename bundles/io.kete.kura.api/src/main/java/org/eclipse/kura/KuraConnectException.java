// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura;

import org.osgi.annotation.versioning.ProviderType;

/** A connection could not be made. Code: {@link KuraErrorCode#CONNECTION_FAILED}. */
@ProviderType
public class KuraConnectException extends KuraException {
  private static final long serialVersionUID = 1L;

  /** With a detail for the message. */
  public KuraConnectException(Object argument) {
    super(KuraErrorCode.CONNECTION_FAILED, null, argument);
  }

  /** With a cause and a detail for the message. */
  public KuraConnectException(Throwable cause, Object argument) {
    super(KuraErrorCode.CONNECTION_FAILED, cause, argument);
  }
}
