// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.type;

import org.eclipse.kura.annotation.Immutable;
import org.eclipse.kura.annotation.ThreadSafe;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** A float value. Equality is by bits: NaN equals NaN, 0.0 differs from -0.0. */
@Immutable
@ThreadSafe
@ProviderType
public class FloatValue implements TypedValue<Float> {
  private final float value;

  /** Wraps the value. */
  public FloatValue(float value) {
    this.value = value;
  }

  @Override
  public DataType getType() {
    return DataType.FLOAT;
  }

  @Override
  public Float getValue() {
    return value;
  }

  @Override
  public int compareTo(TypedValue<Float> other) {
    return Float.compare(value, other.getValue());
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof FloatValue that
        && Float.floatToIntBits(value) == Float.floatToIntBits(that.value);
  }

  @Override
  public int hashCode() {
    return 31 + Float.hashCode(value);
  }

  @Override
  public String toString() {
    return "FloatValue [value=" + value + "]";
  }
}
