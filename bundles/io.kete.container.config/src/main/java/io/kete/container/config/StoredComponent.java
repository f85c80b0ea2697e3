// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import java.util.List;
import java.util.Optional;

/**
 * The configuration of one component as it stands in a document.
 *
 * @param pid the component's kura.service.pid
 */
record StoredComponent(String pid, int line, List<StoredProperty> properties) {

  StoredComponent {
    properties = List.copyOf(properties);
  }

  /** The factory this is an instance of; empty for a singleton. */
  Optional<String> factoryPid() {
    return properties.stream()
        .filter(property -> property.key().equals(Keys.FACTORY_PID))
        .flatMap(property -> property.texts().stream())
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .findFirst();
  }
}
