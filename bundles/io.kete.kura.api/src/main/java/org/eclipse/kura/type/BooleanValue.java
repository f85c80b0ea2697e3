// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.type;

import org.eclipse.kura.annotation.Immutable;
import org.eclipse.kura.annotation.ThreadSafe;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** A boolean value. False comes before true. */
@Immutable
@ThreadSafe
@ProviderType
public class BooleanValue implements TypedValue<Boolean> {
  private final boolean value;

  /** Wraps the value. */
  public BooleanValue(boolean value) {
    this.value = value;
  }

  @Override
  public DataType getType() {
    return DataType.BOOLEAN;
  }

  @Override
  public Boolean getValue() {
    return value;
  }

  @Override
  public int compareTo(TypedValue<Boolean> other) {
    return Boolean.compare(value, other.getValue());
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof BooleanValue that && value == that.value;
  }

  @Override
  public int hashCode() {
    return 31 + Boolean.hashCode(value);
  }

  @Override
  public String toString() {
    return "BooleanValue [value=" + value + "]";
  }
}
