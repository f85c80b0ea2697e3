// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.system;

import java.util.Collections;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** Facts that belong together. Cannot be changed. */
@ProviderType
public class ExtendedPropertyGroup {
  private final String name;
  private final Map<String, String> properties;

  /**
   * The map is kept as a view.
   *
   * @throws IllegalArgumentException when the name is blank
   */
  public ExtendedPropertyGroup(String name, Map<String, String> properties) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a group of extended properties needs a name");
    }
    this.name = name;
    this.properties = Collections.unmodifiableMap(properties);
  }

  /** What the group is called. */
  public String getName() {
    return name;
  }

  /** The facts, by name. */
  public Map<String, String> getProperties() {
    return properties;
  }
}
