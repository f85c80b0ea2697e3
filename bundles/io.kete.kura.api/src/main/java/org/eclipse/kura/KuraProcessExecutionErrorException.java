// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura;

import org.osgi.annotation.versioning.ProviderType;

/** A system command could not be run. Code: {@link KuraErrorCode#PROCESS_EXECUTION_ERROR}. */
@ProviderType
public class KuraProcessExecutionErrorException extends KuraException {
  private static final long serialVersionUID = 1L;

  /** With a detail for the message. */
  public KuraProcessExecutionErrorException(Object argument) {
    super(KuraErrorCode.PROCESS_EXECUTION_ERROR, null, argument);
  }

  /** With a cause and a detail for the message. */
  public KuraProcessExecutionErrorException(Throwable cause, Object argument) {
    super(KuraErrorCode.PROCESS_EXECUTION_ERROR, cause, argument);
  }
}
