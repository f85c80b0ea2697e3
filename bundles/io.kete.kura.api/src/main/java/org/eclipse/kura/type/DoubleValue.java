// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.type;

import org.eclipse.kura.annotation.Immutable;
import org.eclipse.kura.annotation.ThreadSafe;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** A double value. Equality is by bits: NaN equals NaN, 0.0 differs from -0.0. */
@Immutable
@ThreadSafe
@ProviderType
public class DoubleValue implements TypedValue<Double> {
  private final double value;

  /** Wraps the value. */
  public DoubleValue(double value) {
    this.value = value;
  }

  @Override
  public DataType getType() {
    return DataType.DOUBLE;
  }

  @Override
  public Double getValue() {
    return value;
  }

  @Override
  public int compareTo(TypedValue<Double> other) {
    return Double.compare(value, other.getValue());
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof DoubleValue that
        && Double.doubleToLongBits(value) == Double.doubleToLongBits(that.value);
  }

  @Override
  public int hashCode() {
    return 31 + Double.hashCode(value);
  }

  @Override
  public String toString() {
    return "DoubleValue [value=" + value + "]";
  }
}
