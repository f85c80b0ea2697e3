// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A metric has a type the message format cannot carry. Code: {@link
 * KuraErrorCode#INVALID_METRIC_EXCEPTION}.
 */
@ProviderType
public class KuraInvalidMetricTypeException extends KuraRuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a detail for the message. */
  public KuraInvalidMetricTypeException(Object argument) {
    super(KuraErrorCode.INVALID_METRIC_EXCEPTION, null, argument);
  }

  /** With a cause and a detail for the message. */
  public KuraInvalidMetricTypeException(Throwable cause, Object argument) {
    super(KuraErrorCode.INVALID_METRIC_EXCEPTION, cause, argument);
  }
}
