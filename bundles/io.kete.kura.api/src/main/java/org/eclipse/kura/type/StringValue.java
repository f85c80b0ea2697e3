// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.type;

import org.eclipse.kura.annotation.Immutable;
import org.eclipse.kura.annotation.ThreadSafe;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** A text; a null text becomes the empty one. */
@Immutable
@ThreadSafe
@ProviderType
public class StringValue implements TypedValue<String> {
  private final String value;

  /** Wraps the text. */
  public StringValue(@Nullable String value) {
    this.value = value == null ? "" : value;
  }

  @Override
  public DataType getType() {
    return DataType.STRING;
  }

  @Override
  public String getValue() {
    return value;
  }

  @Override
  public int compareTo(TypedValue<String> other) {
    return value.compareTo(other.getValue());
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof StringValue that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return 31 + value.hashCode();
  }

  @Override
  public String toString() {
    return "StringValue [value=" + value + "]";
  }
}
