// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.type;

import java.util.Arrays;
import java.util.Objects;
import org.eclipse.kura.annotation.Immutable;
import org.eclipse.kura.annotation.ThreadSafe;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Bytes. The array is shared, not copied, with whoever made or reads it; ordered as unsigned bytes.
 */
@Immutable
@ThreadSafe
@ProviderType
public class ByteArrayValue implements TypedValue<byte[]> {
  private final byte[] value;

  /** Wraps the array itself. */
  public ByteArrayValue(byte[] value) {
    this.value = Objects.requireNonNull(value, "value");
  }

  @Override
  public DataType getType() {
    return DataType.BYTE_ARRAY;
  }

  @Override
  public byte[] getValue() {
    return value;
  }

  @Override
  public int compareTo(TypedValue<byte[]> other) {
    return Arrays.compareUnsigned(value, other.getValue());
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof ByteArrayValue that && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return 31 + Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return "ByteArrayValue [value=" + Arrays.toString(value) + "]";
  }
}
