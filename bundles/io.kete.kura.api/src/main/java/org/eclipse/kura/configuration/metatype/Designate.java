// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.configuration.metatype;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Ties a PID to a definition. */
@ProviderType
public interface Designate {
  /** The definition and its values. */
  TObject getObject();

  /** The PID. */
  @Nullable String getPid();

  /** The factory PID, when instances can be created. */
  @Nullable String getFactoryPid();

  /** The location of the bundle it is meant for. */
  @Nullable String getBundle();

  /** Whether errors may be passed over. */
  boolean isOptional();

  /** Whether values are merged into what is there. */
  boolean isMerge();
}
