// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.type;

import org.eclipse.kura.annotation.Immutable;
import org.eclipse.kura.annotation.ThreadSafe;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** A long value. */
@Immutable
@ThreadSafe
@ProviderType
public class LongValue implements TypedValue<Long> {
  private final long value;

  /** Wraps the value. */
  public LongValue(long value) {
    this.value = value;
  }

  @Override
  public DataType getType() {
    return DataType.LONG;
  }

  @Override
  public Long getValue() {
    return value;
  }

  @Override
  public int compareTo(TypedValue<Long> other) {
    return Long.compare(value, other.getValue());
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof LongValue that && value == that.value;
  }

  @Override
  public int hashCode() {
    return 31 + Long.hashCode(value);
  }

  @Override
  public String toString() {
    return "LongValue [value=" + value + "]";
  }
}
