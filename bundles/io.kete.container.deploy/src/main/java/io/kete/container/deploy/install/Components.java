// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.install;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/**
 * Which configured components do not run. A component without a configuration is none of them: the
 * factory of a driver that has no instance yet is as it should be.
 */
final class Components {

  private final ServiceComponentRuntime runtime;

  Components(ServiceComponentRuntime runtime) {
    this.runtime = runtime;
  }

  /** Those of some bundles, each with what ails it. */
  Map<String, String> ailing(Collection<Bundle> bundles) {
    Map<String, String> ailing = new TreeMap<>();
    for (ComponentDescriptionDTO description :
        runtime.getComponentDescriptionDTOs(bundles.toArray(new Bundle[0]))) {
      if (runtime.isComponentEnabled(description)) {
        for (ComponentConfigurationDTO component :
            runtime.getComponentConfigurationDTOs(description)) {
          String name = name(description, component);
          if (component.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE) {
            ailing.put(name, "component " + name + " waits for " + references(component));
          } else if (component.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
            ailing.put(name, "component " + name + " failed: " + firstLine(component.failure));
          }
        }
      }
    }
    return ailing;
  }

  private static String name(
      ComponentDescriptionDTO description, ComponentConfigurationDTO component) {
    Object pid = component.properties == null ? null : component.properties.get("kura.service.pid");
    return pid == null || pid.equals(description.name)
        ? description.name
        : description.name + " (" + pid + ")";
  }

  private static String references(ComponentConfigurationDTO component) {
    UnsatisfiedReferenceDTO[] references = component.unsatisfiedReferences;
    return references == null
        ? "a service"
        : String.join(
            ", ",
            Arrays.stream(references)
                .map(r -> r.target == null ? r.name : r.name + " " + r.target)
                .toList());
  }

  private static String firstLine(String failure) {
    return failure == null ? "see the log" : failure.lines().findFirst().orElse("see the log");
  }
}
