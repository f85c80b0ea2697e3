// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.eclipse.kura.core.configuration.metatype.Tad;
import org.eclipse.kura.type.DataType;
import org.junit.jupiter.api.Test;

class ModbusChannelTest {

  @Test
  void namesTheKeyThatIsMissingOrWrong() {
    refused("table is missing", DataType.INTEGER, "address", 1);
    refused("address is missing", DataType.INTEGER, "table", "COIL");
    refused("table must be one of", DataType.INTEGER, "table", "COILS", "address", 1);
    refused("address must be a whole number", DataType.INTEGER, "table", "COIL", "address", 65_536);
    refused("address must be a whole number", DataType.INTEGER, "table", "COIL", "address", "x");
    refused(
        "unit.id must be a whole number between 0 and 255",
        DataType.INTEGER,
        "table",
        "COIL",
        "address",
        1,
        "unit.id",
        256);
    refused(
        "data.type: COIL holds BOOLEAN only",
        DataType.INTEGER,
        "table",
        "COIL",
        "address",
        1,
        "data.type",
        "INT16");
    refused(
        "length is missing",
        DataType.STRING,
        "table",
        "HOLDING_REGISTER",
        "address",
        1,
        "data.type",
        "STRING");
  }

  @Test
  void refusesAValueTypeTheDataCannotBecome() {
    refused(
        "data.type: UINT16 cannot become the channel's value type BOOLEAN",
        DataType.BOOLEAN,
        "table",
        "HOLDING_REGISTER",
        "address",
        1);
  }

  @Test
  void keepsAChannelInsideTheAddressSpace() {
    refused(
        "between 0 and 65534",
        DataType.FLOAT,
        "table",
        "HOLDING_REGISTER",
        "address",
        65_535,
        "data.type",
        "FLOAT32");
  }

  @Test
  void takesNumbersAsTextToo() {
    ModbusChannel channel =
        ModbusChannel.of(
            Channels.read("c", DataType.INTEGER, "table", "holding_register", "address", "0x10"),
            5);
    assertThat(channel.address()).isEqualTo(16);
    assertThat(channel.unit()).isEqualTo(5);
  }

  @Test
  void describesEveryKeyToTheConsole() {
    List<Tad> keys = ChannelKey.all();
    assertThat(keys)
        .extracting(Tad::getId)
        .containsExactly(
            "table",
            "address",
            "data.type",
            "bit",
            "length",
            "word.order",
            "byte.order",
            "unit.id");
    assertThat(keys.get(0).getOption()).hasSize(4);
    assertThat(keys).allMatch(key -> key.getDescription() != null && key.getType() != null);
    assertThat(keys.get(1).getMax()).isEqualTo("65535");
    assertThat(keys).filteredOn(key -> !key.isRequired()).hasSize(3);
  }

  private static void refused(String message, DataType type, Object... keys) {
    assertThatThrownBy(() -> ModbusChannel.of(Channels.read("c", type, keys), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
