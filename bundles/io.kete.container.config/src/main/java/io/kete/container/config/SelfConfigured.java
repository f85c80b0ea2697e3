// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import java.util.Optional;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.SelfConfiguringComponent;
import org.eclipse.kura.configuration.metatype.OCD;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The definitions of components that describe themselves, such as assets whose channels depend on
 * their driver.
 */
final class SelfConfigured {
  private static final Logger logger = LoggerFactory.getLogger(SelfConfigured.class);

  private final BundleContext context;

  SelfConfigured(BundleContext context) {
    this.context = context;
  }

  /** The definition the component of that kura.service.pid gives; empty when it gives none. */
  Optional<OCD> definition(String pid) {
    for (ServiceReference<SelfConfiguringComponent> reference : references()) {
      if (pid.equals(reference.getProperty(Keys.KURA_PID))) {
        return definition(reference, pid);
      }
    }
    return Optional.empty();
  }

  private Iterable<ServiceReference<SelfConfiguringComponent>> references() {
    try {
      return context.getServiceReferences(SelfConfiguringComponent.class, null);
    } catch (InvalidSyntaxException noFilter) {
      throw new IllegalStateException(noFilter);
    }
  }

  private Optional<OCD> definition(
      ServiceReference<SelfConfiguringComponent> reference, String pid) {
    SelfConfiguringComponent component = context.getService(reference);
    if (component == null) {
      return Optional.empty();
    }
    try {
      ComponentConfiguration own = component.getConfiguration();
      return own == null ? Optional.empty() : Optional.ofNullable(own.getDefinition());
    } catch (KuraException silent) {
      logger.warn("definition_missing pid={}", pid, silent);
      return Optional.empty();
    } finally {
      context.ungetService(reference);
    }
  }
}
