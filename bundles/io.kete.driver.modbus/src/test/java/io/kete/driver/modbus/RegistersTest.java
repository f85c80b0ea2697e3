// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.SplittableRandom;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistersTest {

  @ParameterizedTest
  @CsvSource({
    "INT16,   BIG,    BIG,    INTEGER, FFFE,             -2",
    "UINT16,  BIG,    BIG,    INTEGER, FFFE,             65534",
    "UINT16,  BIG,    LITTLE, INTEGER, FFFE,             65279",
    "INT32,   BIG,    BIG,    INTEGER, FFFFFFFE,         -2",
    "INT32,   LITTLE, BIG,    INTEGER, 00010000,         1",
    "INT32,   LITTLE, LITTLE, INTEGER, 01000000,         1",
    "INT32,   BIG,    LITTLE, INTEGER, 00000100,         1",
    "UINT32,  BIG,    BIG,    LONG,    FFFFFFFF,         4294967295",
    "UINT32,  BIG,    BIG,    DOUBLE,  FFFFFFFF,         4.294967295E9",
    "INT64,   BIG,    BIG,    LONG,    FFFFFFFFFFFFFFFE, -2",
    "INT64,   LITTLE, BIG,    LONG,    0001000200030004, 1125912791875585",
    "FLOAT32, BIG,    BIG,    FLOAT,   41480000,         12.5",
    "FLOAT32, LITTLE, BIG,    DOUBLE,  00004148,         12.5",
    "FLOAT64, BIG,    BIG,    DOUBLE,  4029000000000000, 12.5",
    "FLOAT64, BIG,    BIG,    INTEGER, 4029000000000000, 12",
    "FLOAT32, BIG,    BIG,    STRING,  41480000,         12.5",
  })
  void decodesWhatTheWireHolds(
      WireType type, String words, String bytes, DataType wanted, String hex, String expected) {
    byte[] data = HexFormat.of().parseHex(hex);
    TypedValue<?> value = Registers.decode(data, 0, 0, channel(type, words, bytes, wanted));
    assertThat(value.getType()).isEqualTo(wanted);
    assertThat(value.getValue()).hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "UINT32,  INTEGER, 80000000",
    "INT64,   INTEGER, 0000000100000000",
    "FLOAT32, INTEGER, 7FC00000",
    "FLOAT64, LONG,    43E0000000000000",
    "FLOAT64, FLOAT,   7FEFFFFFFFFFFFFF",
  })
  void refusesWhatDoesNotFitIntoTheValueType(WireType type, DataType wanted, String hex) {
    byte[] data = HexFormat.of().parseHex(hex);
    assertThatThrownBy(() -> Registers.decode(data, 0, 0, channel(type, "BIG", "BIG", wanted)))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("the value does not fit into " + wanted);
  }

  @ParameterizedTest
  @CsvSource({"INT16, 32768", "INT16, -32769", "UINT16, -1", "UINT16, 65536", "UINT32, -1"})
  void refusesToWriteWhatDoesNotFitIntoTheRegisters(WireType type, long value) {
    assertThatThrownBy(
            () ->
                Registers.encode(
                    TypedValues.newLongValue(value), channel(type, "BIG", "BIG", DataType.LONG)))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("the value does not fit into " + type);
  }

  @Test
  void readsBackEveryWholeNumberItWrote() {
    SplittableRandom random = new SplittableRandom(7);
    WireType[] types = {
      WireType.INT16, WireType.UINT16, WireType.INT32, WireType.UINT32, WireType.INT64
    };
    String[] orders = {"BIG", "LITTLE"};
    for (int i = 0; i < 2000; i++) {
      WireType type = types[random.nextInt(types.length)];
      long value =
          type == WireType.INT64 ? random.nextLong() : random.nextLong(type.min(), type.max() + 1);
      ModbusChannel channel =
          channel(type, orders[random.nextInt(2)], orders[random.nextInt(2)], DataType.LONG);
      byte[] data = Registers.encode(TypedValues.newLongValue(value), channel);
      assertThat(Registers.decode(data, 0, 0, channel).getValue()).isEqualTo(value);
    }
  }

  @Test
  void readsTextUpToTheFirstZeroAndWithoutTrailingBlanks() {
    ModbusChannel channel =
        ModbusChannel.of(
            Channels.read(
                "t",
                DataType.STRING,
                "table",
                "HOLDING_REGISTER",
                "address",
                0,
                "data.type",
                "STRING",
                "length",
                4,
                "byte.order",
                "LITTLE"),
            1);
    byte[] data = Registers.encode(TypedValues.newStringValue("PUMP "), channel);
    assertThat(new String(data, java.nio.charset.StandardCharsets.ISO_8859_1)).startsWith("UPPM");
    assertThat(Registers.decode(data, 0, 0, channel).getValue()).isEqualTo("PUMP");
  }

  @Test
  void takesOneBitOutOfARegister() {
    ModbusChannel channel =
        ModbusChannel.of(
            Channels.read(
                "b",
                DataType.BOOLEAN,
                "table",
                "INPUT_REGISTER",
                "address",
                3,
                "data.type",
                "BOOLEAN",
                "bit",
                9),
            1);
    assertThat(Registers.decode(new byte[] {2, 0}, 0, 0, channel).getValue()).isEqualTo(true);
    assertThat(Registers.decode(new byte[] {1, 2}, 0, 0, channel).getValue()).isEqualTo(false);
  }

  private static ModbusChannel channel(WireType type, String words, String bytes, DataType wanted) {
    return ModbusChannel.of(
        Channels.read(
            "c",
            wanted,
            "table",
            "HOLDING_REGISTER",
            "address",
            0,
            "data.type",
            type,
            "word.order",
            words,
            "byte.order",
            bytes),
        1);
  }
}
