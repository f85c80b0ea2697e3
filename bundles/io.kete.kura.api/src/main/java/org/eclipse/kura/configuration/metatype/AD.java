// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.configuration.metatype;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** The definition of one configuration key. */
@ProviderType
public interface AD {
  /** The allowed values; empty when any will do. */
  List<Option> getOption();

  /** What people see. */
  @Nullable String getName();

  /** An explanation for people. */
  @Nullable String getDescription();

  /** The key. */
  String getId();

  /** The type of the value, or of its elements. */
  Scalar getType();

  /** 0 for one value, otherwise the largest number of values; negative for a list. */
  int getCardinality();

  /** The smallest value, as text. */
  @Nullable String getMin();

  /** The largest value, as text. */
  @Nullable String getMax();

  /** The default, as text; several values stand between commas. */
  @Nullable String getDefault();

  /** Whether a value has to be there. */
  boolean isRequired();
}
