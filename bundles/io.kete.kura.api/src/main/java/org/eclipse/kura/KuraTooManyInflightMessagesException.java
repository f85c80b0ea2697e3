// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The transport holds as many unconfirmed messages as it may; try again after a confirmation. Code:
 * {@link KuraErrorCode#TOO_MANY_INFLIGHT_MESSAGES}.
 */
@ProviderType
public class KuraTooManyInflightMessagesException extends KuraException {
  private static final long serialVersionUID = 1L;

  /** With a detail for the message. */
  public KuraTooManyInflightMessagesException(Object argument) {
    super(KuraErrorCode.TOO_MANY_INFLIGHT_MESSAGES, null, argument);
  }

  /** With a cause and a detail for the message. */
  public KuraTooManyInflightMessagesException(Throwable cause, Object argument) {
    super(KuraErrorCode.TOO_MANY_INFLIGHT_MESSAGES, cause, argument);
  }
}
