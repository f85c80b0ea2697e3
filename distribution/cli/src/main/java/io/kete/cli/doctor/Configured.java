// SPDX-License-Identifier: EPL-2.0
package io.kete.cli.doctor;

import io.kete.container.config.OfflineConfiguration;
import io.kete.container.config.OfflineConfiguration.Property;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The newest snapshot of a gateway, as far as checks need it. */
final class Configured {

  static final String POLICY = "io.kete.policy.cms.CmsPolicy";
  static final String TRANSPORT = "org.eclipse.kura.core.data.transport.mqtt.MqttDataTransport";
  static final String STREAM = "io.kete.buffer.h2.H2Stream";
  static final String STATUS_PAGE = "io.kete.status.StatusPage";

  private final List<Property> properties;

  private Configured(List<Property> properties) {
    this.properties = properties;
  }

  /** Nothing when there is no snapshot, or none that can be read. */
  static Configured of(Site site) {
    try {
      return new Configured(
          OfflineConfiguration.newest(site.snapshots())
              .map(OfflineConfiguration::properties)
              .orElse(List.of()));
    } catch (IOException unreadable) {
      return new Configured(List.of()); // the check of the configuration tells
    }
  }

  /** The values of a key in a component, or in all instances of a factory. */
  List<String> values(String component, String key) {
    return properties.stream()
        .filter(property -> property.key().equals(key))
        .filter(
            property -> property.pid().equals(component) || property.factoryPid().equals(component))
        .flatMap(property -> property.texts().stream())
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .toList();
  }

  /** A configured file or folder, when it is an absolute path. */
  Optional<Path> path(String component, String key) {
    try {
      return values(component, key).stream().findFirst().map(Path::of).filter(Path::isAbsolute);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  long count(String factory) {
    return properties.stream()
        .filter(property -> property.factoryPid().equals(factory))
        .map(Property::pid)
        .distinct()
        .count();
  }
}
