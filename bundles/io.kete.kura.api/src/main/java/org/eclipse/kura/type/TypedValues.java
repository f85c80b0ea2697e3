// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.type;

import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Makes typed values from plain ones and from text. */
@ProviderType
public final class TypedValues {
  private TypedValues() {}

  /** A boolean value. */
  public static BooleanValue newBooleanValue(boolean value) {
    return new BooleanValue(value);
  }

  /** A byte array value that keeps the given array. */
  public static ByteArrayValue newByteArrayValue(byte[] value) {
    return new ByteArrayValue(value);
  }

  /** A float value. */
  public static FloatValue newFloatValue(float value) {
    return new FloatValue(value);
  }

  /** A double value. */
  public static DoubleValue newDoubleValue(double value) {
    return new DoubleValue(value);
  }

  /** An int value. */
  public static IntegerValue newIntegerValue(int value) {
    return new IntegerValue(value);
  }

  /** A long value. */
  public static LongValue newLongValue(long value) {
    return new LongValue(value);
  }

  /** A text value; null gives the empty text. */
  public static StringValue newStringValue(@Nullable String value) {
    return new StringValue(value);
  }

  /**
   * The typed value for one of the seven Java types.
   *
   * @throws IllegalArgumentException for any other object
   */
  public static TypedValue<?> newTypedValue(Object value) {
    if (value instanceof Boolean flag) {
      return newBooleanValue(flag);
    } else if (value instanceof byte[] bytes) {
      return newByteArrayValue(bytes);
    } else if (value instanceof Float number) {
      return newFloatValue(number);
    } else if (value instanceof Double number) {
      return newDoubleValue(number);
    } else if (value instanceof Integer number) {
      return newIntegerValue(number);
    } else if (value instanceof Long number) {
      return newLongValue(number);
    } else if (value instanceof String text) {
      return newStringValue(text);
    }
    throw new IllegalArgumentException("not a value a channel can carry");
  }

  /**
   * Reads a value from text: numbers as Java reads them, bytes as Base64, booleans as {@link
   * Boolean#parseBoolean}.
   *
   * @throws IllegalArgumentException when the text does not fit the type
   */
  public static TypedValue<?> parseTypedValue(DataType type, String value) {
    Objects.requireNonNull(value, "value");
    return switch (type) {
      case BOOLEAN -> newBooleanValue(Boolean.parseBoolean(value));
      case BYTE_ARRAY -> newByteArrayValue(Base64.getDecoder().decode(value));
      case DOUBLE -> newDoubleValue(Double.parseDouble(value));
      case FLOAT -> newFloatValue(Float.parseFloat(value));
      case INTEGER -> newIntegerValue(Integer.parseInt(value));
      case LONG -> newLongValue(Long.parseLong(value));
      case STRING -> newStringValue(value);
    };
  }
}
