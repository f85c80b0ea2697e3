// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The operation needs a connection and there is none. Code: {@link KuraErrorCode#NOT_CONNECTED}.
 */
@ProviderType
public class KuraNotConnectedException extends KuraException {
  private static final long serialVersionUID = 1L;

  /** With a detail for the message. */
  public KuraNotConnectedException(Object argument) {
    super(KuraErrorCode.NOT_CONNECTED, null, argument);
  }

  /** With a cause and a detail for the message. */
  public KuraNotConnectedException(Throwable cause, Object argument) {
    super(KuraErrorCode.NOT_CONNECTED, cause, argument);
  }
}
