// SPDX-License-Identifier: EPL-2.0
package io.kete.container.asset;

import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.channel.ScaleOffsetType;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;

/**
 * Scale and offset of a channel, in Kura's arithmetic: that of the value type, or of the declared
 * type with the result cut to the value type. Where Kura's result would wrap around or stick at the
 * end of the range, this one throws an {@link ArithmeticException}; its message never holds the
 * value.
 */
final class Scaling {

  private Scaling() {}

  static boolean isNumeric(DataType type) {
    return switch (type) {
      case DOUBLE, FLOAT, INTEGER, LONG -> true;
      case BOOLEAN, BYTE_ARRAY, STRING -> false;
    };
  }

  /** The type in which the driver is asked for the channel's value. */
  static DataType asked(Channel channel) {
    if (!isNumeric(channel.getValueType())) {
      return channel.getValueType();
    }
    return switch (channel.getScaleOffsetType()) {
      case DEFINED_BY_VALUE_TYPE -> channel.getValueType();
      case DOUBLE -> DataType.DOUBLE;
      case LONG -> DataType.LONG;
    };
  }

  /** The value as the channel gives it. */
  static TypedValue<?> apply(TypedValue<?> value, Channel channel) {
    DataType type = channel.getValueType();
    if (!isNumeric(type) || !(value.getValue() instanceof Number number)) {
      return value;
    }
    Number scale = channel.getValueScaleAsNumber();
    Number offset = channel.getValueOffsetAsNumber();
    if (scale.doubleValue() == 1 && offset.doubleValue() == 0) {
      return value.getType() == type ? value : to(type, number);
    }
    DataType arithmetic =
        channel.getScaleOffsetType() == ScaleOffsetType.DEFINED_BY_VALUE_TYPE
            ? type
            : asked(channel);
    return switch (arithmetic) {
      case INTEGER, LONG -> to(type, whole(number, scale, offset));
      case FLOAT -> to(type, number.floatValue() * scale.floatValue() + offset.floatValue());
      default -> to(type, number.doubleValue() * scale.doubleValue() + offset.doubleValue());
    };
  }

  private static long whole(Number number, Number scale, Number offset) {
    try {
      return Math.addExact(
          Math.multiplyExact(number.longValue(), scale.longValue()), offset.longValue());
    } catch (ArithmeticException e) {
      throw tooLarge(DataType.LONG);
    }
  }

  private static TypedValue<?> to(DataType type, Number number) {
    return switch (type) {
      case INTEGER -> {
        long cut = cut(number, type);
        if (cut != (int) cut) {
          throw tooLarge(type);
        }
        yield TypedValues.newIntegerValue((int) cut);
      }
      case LONG -> TypedValues.newLongValue(cut(number, type));
      case FLOAT -> {
        float narrowed = number.floatValue();
        if (Float.isInfinite(narrowed) && !Double.isInfinite(number.doubleValue())) {
          throw tooLarge(type);
        }
        yield TypedValues.newFloatValue(narrowed);
      }
      case DOUBLE, BOOLEAN, BYTE_ARRAY, STRING -> TypedValues.newDoubleValue(number.doubleValue());
    };
  }

  /** The whole part; a real number that has none in the range of long is refused. */
  private static long cut(Number number, DataType type) {
    if (number instanceof Double || number instanceof Float) {
      double real = number.doubleValue();
      if (!(real >= -0x1p63 && real < 0x1p63)) {
        throw tooLarge(type);
      }
    }
    return number.longValue();
  }

  private static ArithmeticException tooLarge(DataType type) {
    return new ArithmeticException("the scaled value does not fit into " + type);
  }
}
