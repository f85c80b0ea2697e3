// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura;

import org.osgi.annotation.versioning.ProviderType;

/** The message store is full; older messages have to leave first. */
@ProviderType
public class KuraStoreCapacityReachedException extends KuraStoreException {
  private static final long serialVersionUID = 1L;

  /** With a detail for the message. */
  public KuraStoreCapacityReachedException(Object argument) {
    super(argument);
  }
}
