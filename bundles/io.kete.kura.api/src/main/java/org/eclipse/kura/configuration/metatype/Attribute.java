// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.configuration.metatype;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** A value that a metatype file gives to one key. */
@ProviderType
public interface Attribute {
  /** The values. */
  List<String> getValue();

  /** The key. */
  String getAdref();

  /** The value as one text. */
  @Nullable String getContent();
}
