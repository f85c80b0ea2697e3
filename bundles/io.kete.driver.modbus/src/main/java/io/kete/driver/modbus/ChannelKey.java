// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.modbus;

import java.util.Arrays;
import java.util.List;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.configuration.metatype.Option;
import org.eclipse.kura.configuration.metatype.Scalar;
import org.jspecify.annotations.Nullable;

/** One key that every channel of this driver takes, as a console shows it. */
record ChannelKey(
    String id,
    Scalar type,
    String description,
    boolean required,
    @Nullable String fallback,
    @Nullable String min,
    @Nullable String max,
    List<Option> options)
    implements AD {

  /** Every key, in the order in which a person fills them in. */
  static List<AD> all() {
    return List.of(
        choice(
            ModbusChannel.TABLE,
            "Address space of the device.",
            Table.HOLDING_REGISTER,
            Table.values()),
        number(ModbusChannel.ADDRESS, "Address, counted from 0.", true, "0", 65_535),
        choice(
            ModbusChannel.DATA_TYPE,
            "How the value lies in the registers; BOOLEAN for coils and discrete inputs.",
            WireType.UINT16,
            WireType.values()),
        number(ModbusChannel.BIT, "Bit of the register, for BOOLEAN.", false, "0", 15),
        number(ModbusChannel.LENGTH, "Registers, for STRING.", false, null, 123),
        choice(
            ModbusChannel.WORD_ORDER,
            "BIG: the register with the lowest address holds the highest part.",
            ModbusChannel.Order.BIG,
            ModbusChannel.Order.values()),
        choice(
            ModbusChannel.BYTE_ORDER,
            "BIG: the first byte of a register is the higher one.",
            ModbusChannel.Order.BIG,
            ModbusChannel.Order.values()),
        number(ModbusChannel.UNIT_ID, "Unit id; the driver's when empty.", false, null, 255));
  }

  private static AD choice(String id, String description, Enum<?> fallback, Enum<?>[] values) {
    List<Option> options =
        Arrays.stream(values).<Option>map(value -> new Choice(value.name())).toList();
    return new ChannelKey(
        id, Scalar.STRING, description, true, fallback.name(), null, null, options);
  }

  private static AD number(
      String id, String description, boolean required, @Nullable String fallback, int max) {
    return new ChannelKey(
        id, Scalar.INTEGER, description, required, fallback, "0", Integer.toString(max), List.of());
  }

  @Override
  public List<Option> getOption() {
    return options;
  }

  @Override
  public String getName() {
    return id;
  }

  @Override
  public String getDescription() {
    return description;
  }

  @Override
  public String getId() {
    return id;
  }

  @Override
  public Scalar getType() {
    return type;
  }

  @Override
  public int getCardinality() {
    return 0;
  }

  @Override
  public @Nullable String getMin() {
    return min;
  }

  @Override
  public @Nullable String getMax() {
    return max;
  }

  @Override
  public @Nullable String getDefault() {
    return fallback;
  }

  @Override
  public boolean isRequired() {
    return required;
  }

  private record Choice(String value) implements Option {
    @Override
    public String getLabel() {
      return value;
    }

    @Override
    public String getValue() {
      return value;
    }
  }
}
