// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.configuration;

import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ConsumerType;

/** A component that describes its configuration itself instead of through a metatype file. */
@ConsumerType
public interface SelfConfiguringComponent {
  /**
   * Definition and current values.
   *
   * @throws KuraException when they cannot be told
   */
  ComponentConfiguration getConfiguration() throws KuraException;
}
