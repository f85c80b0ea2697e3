// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.configuration.metatype;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** One of the values an attribute may take. */
@ProviderType
public interface Option {
  /** What people see. */
  @Nullable String getLabel();

  /** What is stored. */
  @Nullable String getValue();
}
