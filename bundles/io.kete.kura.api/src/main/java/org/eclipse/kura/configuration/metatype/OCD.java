// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.configuration.metatype;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** The definition of a configuration: what it is and which keys it has. */
@ProviderType
public interface OCD {
  /** The keys, in the order of the file. */
  List<AD> getAD();

  /** The pictures; mostly one or none. */
  List<Icon> getIcon();

  /** What people see. */
  @Nullable String getName();

  /** An explanation for people. */
  @Nullable String getDescription();

  /** The id: the component's PID or factory PID. */
  String getId();
}
