// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.system;

import org.eclipse.kura.annotation.Immutable;
import org.eclipse.kura.annotation.ThreadSafe;
import org.osgi.annotation.versioning.ProviderType;

/** One piece of software on the gateway. */
@Immutable
@ThreadSafe
@ProviderType
public class SystemResourceInfo {
  private final String name;
  private final String version;
  private final SystemResourceType type;

  /** Something of which only the name is known. */
  public SystemResourceInfo(String name) {
    this(name, "Unknown", SystemResourceType.UNKNOWN);
  }

  /**
   * With the name of its type.
   *
   * @throws IllegalArgumentException when there is no such type
   */
  public SystemResourceInfo(String name, String version, String type) {
    this(name, version, SystemResourceType.valueOf(type));
  }

  /** With its type. */
  public SystemResourceInfo(String name, String version, SystemResourceType type) {
    this.name = name;
    this.version = version;
    this.type = type;
  }

  /** The name. */
  public String getName() {
    return name;
  }

  /** The version. */
  public String getVersion() {
    return version;
  }

  /** The type. */
  public SystemResourceType getType() {
    return type;
  }

  /** The name of the type. */
  public String getTypeString() {
    return type.toString();
  }
}
