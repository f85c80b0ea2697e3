// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.modbus;

import java.util.Arrays;
import java.util.List;
import org.eclipse.kura.core.configuration.metatype.Tad;
import org.eclipse.kura.core.configuration.metatype.Toption;
import org.eclipse.kura.core.configuration.metatype.Tscalar;
import org.jspecify.annotations.Nullable;

/**
 * The keys that every channel of this driver takes, as a console shows them. They are Kura's own
 * class of attribute, because its assets cast the descriptor of a driver to a list of those.
 */
final class ChannelKey {

  private ChannelKey() {}

  /** Every key, in the order in which a person fills them in; new objects each time. */
  static List<Tad> all() {
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

  private static Tad choice(String id, String description, Enum<?> fallback, Enum<?>[] values) {
    Tad key = key(id, Tscalar.STRING, description, true, fallback.name());
    Arrays.stream(values).map(ChannelKey::option).forEach(key::setOption);
    return key;
  }

  private static Tad number(
      String id, String description, boolean required, @Nullable String fallback, int max) {
    Tad key = key(id, Tscalar.INTEGER, description, required, fallback);
    key.setMin("0");
    key.setMax(Integer.toString(max));
    return key;
  }

  private static Tad key(
      String id, Tscalar type, String description, boolean required, @Nullable String fallback) {
    Tad key = new Tad();
    key.setId(id);
    key.setName(id);
    key.setDescription(description);
    key.setType(type);
    key.setCardinality(0);
    key.setRequired(required);
    key.setDefault(fallback);
    return key;
  }

  private static Toption option(Enum<?> value) {
    Toption option = new Toption();
    option.setLabel(value.name());
    option.setValue(value.name());
    return option;
  }
}
