// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.core.configuration.metatype;

import org.eclipse.kura.configuration.metatype.Option;
import org.jspecify.annotations.Nullable;

/** One of the values an attribute may take. Not safe for several threads while it is filled in. */
public class Toption implements Option {

  private @Nullable String label;
  private @Nullable String value;

  @Override
  public @Nullable String getLabel() {
    return label;
  }

  /** Sets what people see. */
  public void setLabel(@Nullable String value) {
    this.label = value;
  }

  @Override
  public @Nullable String getValue() {
    return value;
  }

  /** Sets what is stored. */
  public void setValue(@Nullable String value) {
    this.value = value;
  }
}
