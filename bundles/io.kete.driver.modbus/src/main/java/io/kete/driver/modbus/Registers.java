// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.modbus;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.eclipse.kura.type.BooleanValue;
import org.eclipse.kura.type.ByteArrayValue;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.DoubleValue;
import org.eclipse.kura.type.FloatValue;
import org.eclipse.kura.type.IntegerValue;
import org.eclipse.kura.type.LongValue;
import org.eclipse.kura.type.StringValue;
import org.eclipse.kura.type.TypedValue;

/**
 * Turns bytes of a reply into the channel's value and back. A value that does not fit is refused
 * with an {@link ArithmeticException} whose message never holds the value.
 */
final class Registers {

  private Registers() {}

  /**
   * The value of a channel that begins at register {@code index} of the data.
   *
   * @param first where the data begin in the array
   */
  static TypedValue<?> decode(byte[] data, int first, int index, ModbusChannel channel) {
    int at = first + 2 * index;
    DataType wanted = channel.valueType();
    if (wanted == DataType.BYTE_ARRAY) {
      return new ByteArrayValue(Arrays.copyOfRange(data, at, at + 2 * channel.size()));
    }
    return switch (channel.type()) {
      case BOOLEAN -> ofBoolean(((bits(data, at, channel) >> channel.bit()) & 1) != 0, wanted);
      case UINT16, UINT32 -> ofWhole(bits(data, at, channel), wanted);
      case INT16, INT32, INT64 -> ofWhole(signed(bits(data, at, channel), channel), wanted);
      case FLOAT32 -> ofFloat(Float.intBitsToFloat((int) bits(data, at, channel)), wanted);
      case FLOAT64 -> ofReal(Double.longBitsToDouble(bits(data, at, channel)), wanted);
      case STRING -> new StringValue(text(data, at, channel));
    };
  }

  /** The value of a coil or discrete input; the first is the lowest bit of the first byte. */
  static TypedValue<?> decodeBit(byte[] data, int first, int index, ModbusChannel channel) {
    return ofBoolean(((data[first + index / 8] >> (index % 8)) & 1) != 0, channel.valueType());
  }

  /** The bytes of the channel's registers that hold the value. */
  static byte[] encode(TypedValue<?> value, ModbusChannel channel) {
    byte[] data = new byte[2 * channel.size()];
    if (value instanceof ByteArrayValue bytes) {
      byte[] given = bytes.getValue();
      if (given.length != data.length) {
        throw new ArithmeticException("the channel takes exactly " + data.length + " bytes");
      }
      return given.clone();
    }
    switch (channel.type().kind()) {
      case TEXT -> putText(value.getValue().toString(), data, channel);
      case REAL -> putBits(realBits(number(value).doubleValue(), channel), data, channel);
      case WHOLE -> putBits(wholeBits(number(value), channel), data, channel);
      case BIT -> throw new ArithmeticException("a bit is not written as a register");
    }
    return data;
  }

  /** A value for a coil or a bit: true, false, or a number that is 0 or 1. */
  static boolean encodeBit(TypedValue<?> value) {
    if (value instanceof BooleanValue flag) {
      return flag.getValue();
    }
    double number = number(value).doubleValue();
    if (number != 0 && number != 1) {
      throw new ArithmeticException("a bit takes 0 or 1 only");
    }
    return number == 1;
  }

  private static Number number(TypedValue<?> value) {
    if (value.getValue() instanceof Number number) {
      return number;
    }
    throw new ArithmeticException("a value of type " + value.getType() + " is not a number");
  }

  private static long wholeBits(Number value, ModbusChannel channel) {
    WireType type = channel.type();
    long whole;
    if (value instanceof Double || value instanceof Float) {
      whole = whole(value.doubleValue(), type.min(), type.max(), type.name());
    } else {
      whole = value.longValue();
    }
    if (whole < type.min() || whole > type.max()) {
      throw tooLarge(type.name());
    }
    return whole;
  }

  private static long realBits(double value, ModbusChannel channel) {
    return channel.type() == WireType.FLOAT32
        ? Float.floatToRawIntBits(narrow(value, "FLOAT32"))
        : Double.doubleToRawLongBits(value);
  }

  private static TypedValue<?> ofBoolean(boolean value, DataType wanted) {
    return wanted == DataType.BOOLEAN ? new BooleanValue(value) : ofWholeOrFlag(value, wanted);
  }

  private static TypedValue<?> ofWholeOrFlag(boolean value, DataType wanted) {
    return wanted == DataType.STRING
        ? new StringValue(Boolean.toString(value))
        : ofWhole(value ? 1 : 0, wanted);
  }

  private static TypedValue<?> ofWhole(long value, DataType wanted) {
    return switch (wanted) {
      case INTEGER -> {
        if (value != (int) value) {
          throw tooLarge("INTEGER");
        }
        yield new IntegerValue((int) value);
      }
      case LONG -> new LongValue(value);
      case FLOAT -> new FloatValue(value);
      case DOUBLE -> new DoubleValue(value);
      case STRING -> new StringValue(Long.toString(value));
      case BOOLEAN, BYTE_ARRAY -> throw new ArithmeticException("not a number: " + wanted);
    };
  }

  private static TypedValue<?> ofFloat(float value, DataType wanted) {
    return switch (wanted) {
      case FLOAT -> new FloatValue(value);
      case STRING -> new StringValue(Float.toString(value));
      default -> ofReal(value, wanted);
    };
  }

  private static TypedValue<?> ofReal(double value, DataType wanted) {
    return switch (wanted) {
      case INTEGER ->
          new IntegerValue((int) whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE, "INTEGER"));
      case LONG -> new LongValue(whole(value, Long.MIN_VALUE, Long.MAX_VALUE, "LONG"));
      case FLOAT -> new FloatValue(narrow(value, "FLOAT"));
      case DOUBLE -> new DoubleValue(value);
      case STRING -> new StringValue(Double.toString(value));
      case BOOLEAN, BYTE_ARRAY -> throw new ArithmeticException("not a number: " + wanted);
    };
  }

  /** The nearest whole number, which must lie in the range. */
  private static long whole(double value, long min, long max, String type) {
    double rounded = Math.rint(value);
    // max + 1.0 is exact for every range used here, (double) Long.MAX_VALUE is not
    if (Double.isNaN(rounded) || rounded < min || rounded >= max + 1.0) {
      throw tooLarge(type);
    }
    return (long) rounded;
  }

  private static float narrow(double value, String type) {
    float narrowed = (float) value;
    if (Float.isInfinite(narrowed) && !Double.isInfinite(value)) {
      throw tooLarge(type);
    }
    return narrowed;
  }

  private static ArithmeticException tooLarge(String type) {
    return new ArithmeticException("the value does not fit into " + type);
  }

  private static long bits(byte[] data, int at, ModbusChannel channel) {
    int words = channel.size();
    long bits = 0;
    for (int i = 0; i < words; i++) {
      int word = at + 2 * (channel.lowWordFirst() ? words - 1 - i : i);
      int high = channel.lowByteFirst() ? word + 1 : word;
      int low = channel.lowByteFirst() ? word : word + 1;
      bits = (bits << 16) | ((data[high] & 0xFF) << 8) | (data[low] & 0xFF);
    }
    return bits;
  }

  private static long signed(long bits, ModbusChannel channel) {
    int unused = Long.SIZE - 16 * channel.size();
    return bits << unused >> unused;
  }

  private static void putBits(long bits, byte[] data, ModbusChannel channel) {
    int words = channel.size();
    for (int i = 0; i < words; i++) {
      int shift = 16 * (words - 1 - i);
      int word = 2 * (channel.lowWordFirst() ? words - 1 - i : i);
      data[channel.lowByteFirst() ? word + 1 : word] = (byte) (bits >> (shift + 8));
      data[channel.lowByteFirst() ? word : word + 1] = (byte) (bits >> shift);
    }
  }

  private static String text(byte[] data, int at, ModbusChannel channel) {
    int bytes = 2 * channel.size();
    StringBuilder text = new StringBuilder(bytes);
    for (int i = 0; i < bytes; i++) {
      int character = data[at + (channel.lowByteFirst() ? i ^ 1 : i)] & 0xFF;
      if (character == 0) {
        break;
      }
      text.append((char) character);
    }
    return text.toString().stripTrailing();
  }

  private static void putText(String text, byte[] data, ModbusChannel channel) {
    byte[] characters = text.getBytes(StandardCharsets.ISO_8859_1);
    if (characters.length > data.length) {
      throw new ArithmeticException("the text is longer than " + data.length + " characters");
    }
    for (int i = 0; i < characters.length; i++) {
      data[channel.lowByteFirst() ? i ^ 1 : i] = characters[i];
    }
  }
}
