// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import java.util.Map;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.metatype.OCD;
import org.jspecify.annotations.Nullable;

/** A component's configuration as callers see it; a copy that changes nothing. */
record ComponentView(String pid, @Nullable OCD definition, Map<String, Object> properties)
    implements ComponentConfiguration {

  @Override
  public String getPid() {
    return pid;
  }

  @Override
  public @Nullable OCD getDefinition() {
    return definition;
  }

  @Override
  public Map<String, Object> getConfigurationProperties() {
    return properties;
  }

  /** Without the values. */
  @Override
  public String toString() {
    return pid + properties.keySet();
  }
}
