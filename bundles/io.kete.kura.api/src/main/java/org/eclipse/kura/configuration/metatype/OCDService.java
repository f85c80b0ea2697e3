// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.configuration.metatype;

import java.util.List;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Finds the definitions of components of which instances can be created. */
@ProviderType
public interface OCDService {
  /** All of them, each with its defaults. */
  List<ComponentConfiguration> getFactoryComponentOCDs();

  /** The one of that factory PID, or null. */
  @Nullable ComponentConfiguration getFactoryComponentOCD(String factoryPid);

  /** Those whose components offer any of the given services. */
  List<ComponentConfiguration> getServiceProviderOCDs(Class<?>... classes);

  /** Those whose components offer any of the given services, by class name. */
  List<ComponentConfiguration> getServiceProviderOCDs(String... classNames);
}
