// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.configuration.metatype;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The values that a metatype file gives to one definition. */
@ProviderType
public interface TObject {
  /** The values. */
  List<Attribute> getAttribute();

  /** The id of the definition. */
  String getOcdref();
}
