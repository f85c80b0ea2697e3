// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.configuration.metatype;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** A metatype file. */
@ProviderType
public interface MetaData {
  /** The definitions. */
  List<OCD> getOCD();

  /** What they are for. */
  List<Designate> getDesignate();

  /** Where translations are. */
  @Nullable String getLocalization();
}
