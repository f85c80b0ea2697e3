// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.system;

import java.util.Collections;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Facts of the platform's own, in groups; they travel in the birth message. Cannot be changed. */
@ProviderType
public class ExtendedProperties {
  private final String version;
  private final List<ExtendedPropertyGroup> groups;

  /**
   * The list is kept as a view.
   *
   * @throws IllegalArgumentException when the version is blank
   */
  public ExtendedProperties(String version, List<ExtendedPropertyGroup> groups) {
    if (version.isBlank()) {
      throw new IllegalArgumentException("extended properties need a version");
    }
    this.version = version;
    this.groups = Collections.unmodifiableList(groups);
  }

  /** The version of the facts' layout. */
  public String getVersion() {
    return version;
  }

  /** The groups, in order. */
  public List<ExtendedPropertyGroup> getPropertyGroups() {
    return groups;
  }
}
