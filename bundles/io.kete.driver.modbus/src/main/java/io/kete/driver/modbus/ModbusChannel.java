// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.modbus;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.type.DataType;
import org.jspecify.annotations.Nullable;

/**
 * Where one channel lies in the device and how its bytes are read.
 *
 * @param address counted from 0, as on the wire
 * @param bit bit of the register, 0 being the lowest; only for BOOLEAN in registers
 * @param size coils or registers the channel covers
 * @param lowWordFirst word order
 * @param lowByteFirst byte order within each register
 */
record ModbusChannel(
    int unit,
    Table table,
    int address,
    WireType type,
    int bit,
    int size,
    boolean lowWordFirst,
    boolean lowByteFirst,
    DataType valueType) {

  static final String TABLE = "table";
  static final String ADDRESS = "address";
  static final String DATA_TYPE = "data.type";
  static final String BIT = "bit";
  static final String LENGTH = "length";
  static final String WORD_ORDER = "word.order";
  static final String BYTE_ORDER = "byte.order";
  static final String UNIT_ID = "unit.id";

  private static final int ADDRESSES = 65_536;
  private static final int MAX_STRING_REGISTERS = 123;

  enum Order {
    BIG,
    LITTLE
  }

  /**
   * Reads the channel's keys.
   *
   * @throws IllegalArgumentException naming the key that is wrong
   */
  static ModbusChannel of(ChannelRecord record, int defaultUnit) {
    Map<String, Object> keys = record.getChannelConfig();
    DataType valueType = record.getValueType();
    if (keys == null || valueType == null) {
      throw new IllegalArgumentException("the channel has no configuration");
    }
    Table table = choice(keys, TABLE, Table.class, null);
    WireType type =
        choice(
            keys, DATA_TYPE, WireType.class, table.isBits() ? WireType.BOOLEAN : WireType.UINT16);
    if (table.isBits() && type != WireType.BOOLEAN) {
      throw new IllegalArgumentException(DATA_TYPE + ": " + table + " holds BOOLEAN only");
    }
    int size =
        type == WireType.STRING
            ? number(keys, LENGTH, 1, MAX_STRING_REGISTERS, null)
            : type.registers();
    int address = number(keys, ADDRESS, 0, ADDRESSES - size, null);
    boolean bitOfRegister = type == WireType.BOOLEAN && !table.isBits();
    ModbusChannel channel =
        new ModbusChannel(
            number(keys, UNIT_ID, 0, 255, defaultUnit),
            table,
            address,
            type,
            bitOfRegister ? number(keys, BIT, 0, 15, 0) : 0,
            size,
            choice(keys, WORD_ORDER, Order.class, Order.BIG) == Order.LITTLE,
            choice(keys, BYTE_ORDER, Order.class, Order.BIG) == Order.LITTLE,
            valueType);
    channel.checkValueType();
    return channel;
  }

  /** First address after the channel. */
  int end() {
    return address + size;
  }

  private void checkValueType() {
    boolean possible =
        switch (valueType) {
          case STRING -> true;
          case BYTE_ARRAY -> !table.isBits() && type != WireType.BOOLEAN;
          case BOOLEAN -> type.kind() == WireType.Kind.BIT;
          case INTEGER, LONG, FLOAT, DOUBLE -> type.kind() != WireType.Kind.TEXT;
        };
    if (!possible) {
      throw new IllegalArgumentException(
          DATA_TYPE + ": " + type + " cannot become the channel's value type " + valueType);
    }
  }

  private static <E extends Enum<E>> E choice(
      Map<String, Object> keys, String key, Class<E> type, @Nullable E fallback) {
    String text = text(keys, key);
    if (text.isEmpty()) {
      if (fallback == null) {
        throw new IllegalArgumentException(key + " is missing");
      }
      return fallback;
    }
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(text.toUpperCase(Locale.ROOT))) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        key + " must be one of " + Arrays.toString(type.getEnumConstants()) + ", not " + text);
  }

  private static int number(
      Map<String, Object> keys, String key, int min, int max, @Nullable Integer fallback) {
    String text = text(keys, key);
    if (text.isEmpty()) {
      if (fallback == null) {
        throw new IllegalArgumentException(key + " is missing");
      }
      return fallback;
    }
    String rule = key + " must be a whole number between " + min + " and " + max + ", not " + text;
    int value;
    try {
      value = Integer.decode(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(rule, e);
    }
    if (value < min || value > max) {
      throw new IllegalArgumentException(rule);
    }
    return value;
  }

  private static String text(Map<String, Object> keys, String key) {
    Object value = keys.get(key);
    return value == null ? "" : value.toString().strip();
  }
}
