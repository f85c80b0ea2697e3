// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura;

import org.osgi.annotation.versioning.ProviderType;

/** Reading or writing failed. Code: {@link KuraErrorCode#IO_ERROR}. */
@ProviderType
public class KuraIOException extends KuraException {
  private static final long serialVersionUID = 1L;

  /** With a detail for the message. */
  public KuraIOException(Object argument) {
    super(KuraErrorCode.IO_ERROR, null, argument);
  }

  /** With a cause and a detail for the message. */
  public KuraIOException(Throwable cause, Object argument) {
    super(KuraErrorCode.IO_ERROR, cause, argument);
  }
}
