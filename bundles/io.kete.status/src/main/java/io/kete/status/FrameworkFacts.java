// SPDX-License-Identifier: EPL-2.0
package io.kete.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Which bundles do not run and which components lack a service. */
final class FrameworkFacts {
  private static final int MAX_NAMED = 20;

  private final BundleContext context;
  private final Supplier<Optional<ServiceComponentRuntime>> runtime;

  FrameworkFacts(BundleContext context, Supplier<Optional<ServiceComponentRuntime>> runtime) {
    this.context = context;
    this.runtime = runtime;
  }

  Area area() {
    List<String> problems = new ArrayList<>();
    TreeMap<String, Object> facts = new TreeMap<>();
    bundles(problems, facts);
    runtime.get().ifPresent(components -> components(components, problems, facts));
    return new Area("framework", problems.stream().limit(MAX_NAMED).toList(), facts);
  }

  private void bundles(List<String> problems, Map<String, Object> facts) {
    long active = 0;
    long fragments = 0;
    for (Bundle bundle : context.getBundles()) {
      if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null) {
        fragments++;
      } else if (BundleStates.runs(bundle)) {
        active++;
      } else {
        String state = BundleStates.name(bundle.getState());
        problems.add(
            "bundle %s is %s, not ACTIVE; the log says why"
                .formatted(bundle.getSymbolicName(), state));
      }
    }
    facts.put("bundles", (long) context.getBundles().length);
    facts.put("bundles_active", active);
    facts.put("bundles_fragments", fragments);
  }

  private static void components(
      ServiceComponentRuntime components, List<String> problems, Map<String, Object> facts) {
    long described = 0;
    long running = 0;
    for (ComponentDescriptionDTO description : components.getComponentDescriptionDTOs()) {
      described++;
      for (ComponentConfigurationDTO instance :
          components.getComponentConfigurationDTOs(description)) {
        if (instance.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE) {
          problems.add(
              "component %s waits for %s".formatted(name(description, instance), lacks(instance)));
        } else if (instance.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
          problems.add(
              "component %s could not be activated; the log says why"
                  .formatted(name(description, instance)));
        } else if (instance.state != ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION) {
          running++;
        }
      }
    }
    facts.put("components", described);
    facts.put("components_running", running);
  }

  private static String name(
      ComponentDescriptionDTO description, ComponentConfigurationDTO instance) {
    Object pid = instance.properties.get("kura.service.pid");
    return pid == null || pid.equals(description.name)
        ? description.name
        : pid + " (" + description.name + ")";
  }

  private static String lacks(ComponentConfigurationDTO instance) {
    return Stream.of(instance.unsatisfiedReferences)
        .map(
            reference ->
                reference.target == null
                    ? reference.name
                    : reference.name + " " + Bounds.text(reference.target))
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
