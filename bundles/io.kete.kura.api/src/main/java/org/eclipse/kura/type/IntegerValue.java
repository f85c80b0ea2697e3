// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.type;

import org.eclipse.kura.annotation.Immutable;
import org.eclipse.kura.annotation.ThreadSafe;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** A int value. */
@Immutable
@ThreadSafe
@ProviderType
public class IntegerValue implements TypedValue<Integer> {
  private final int value;

  /** Wraps the value. */
  public IntegerValue(int value) {
    this.value = value;
  }

  @Override
  public DataType getType() {
    return DataType.INTEGER;
  }

  @Override
  public Integer getValue() {
    return value;
  }

  @Override
  public int compareTo(TypedValue<Integer> other) {
    return Integer.compare(value, other.getValue());
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof IntegerValue that && value == that.value;
  }

  @Override
  public int hashCode() {
    return 31 + Integer.hashCode(value);
  }

  @Override
  public String toString() {
    return "IntegerValue [value=" + value + "]";
  }
}
