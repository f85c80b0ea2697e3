// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.configuration;

import java.util.Map;
import org.eclipse.kura.configuration.metatype.OCD;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** The configuration of one component: definition and values. */
@ProviderType
public interface ComponentConfiguration {
  /** The component's {@code kura.service.pid}. */
  String getPid();

  /** What may be set; null when only values are known, as in a snapshot. */
  @Nullable OCD getDefinition();

  /** The values by key; null when only the definition is known. */
  @Nullable Map<String, Object> getConfigurationProperties();
}
