// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Some of several actions failed; every failure is listed. */
@ProviderType
public class KuraPartialSuccessException extends KuraException {
  private static final long serialVersionUID = 1L;

  private final List<Throwable> causes;

  /** With a detail for the message and the single failures. */
  public KuraPartialSuccessException(String message, List<Throwable> causes) {
    super(KuraErrorCode.PARTIAL_SUCCESS, (Throwable) null, message);
    this.causes = causes;
  }

  /** The single failures, as given. */
  public List<Throwable> getCauses() {
    return causes;
  }
}
