// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura;

import org.osgi.annotation.versioning.ProviderType;

/** The message store refused or failed. Code: {@link KuraErrorCode#STORE_ERROR}. */
@ProviderType
public class KuraStoreException extends KuraException {
  private static final long serialVersionUID = 1L;

  /** With a detail for the message. */
  public KuraStoreException(Object argument) {
    super(KuraErrorCode.STORE_ERROR, null, argument);
  }

  /** With a cause and a detail for the message. */
  public KuraStoreException(Throwable cause, Object argument) {
    super(KuraErrorCode.STORE_ERROR, cause, argument);
  }
}
