// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.driver.Driver.ConnectionException;
import org.eclipse.kura.driver.PreparedRead;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the driver does with a device of any make. */
abstract class DeviceContract {

  private TestDevice device;
  private ModbusDriver driver;

  abstract TestDevice open();

  @BeforeEach
  void connect() {
    device = open();
    driver =
        new ModbusDriver(
            Channels.settings(device.port()), new Backoff(1, 1, System::nanoTime, () -> 0));
  }

  @AfterEach
  void stop() {
    driver.stop();
    device.close();
  }

  @Test
  void readsAllFourTables() throws ConnectionException {
    device.coil(3, true);
    device.discreteInput(10, true);
    device.holding(20, 0xFFFE);
    device.input(30, 0x4148);
    ChannelRecord coil = Channels.read("c", DataType.BOOLEAN, "table", "COIL", "address", 3);
    ChannelRecord off = Channels.read("o", DataType.BOOLEAN, "table", "COIL", "address", 4);
    ChannelRecord input =
        Channels.read("d", DataType.INTEGER, "table", "DISCRETE_INPUT", "address", 10);
    ChannelRecord holding =
        Channels.read(
            "h",
            DataType.INTEGER,
            "table",
            "HOLDING_REGISTER",
            "address",
            20,
            "data.type",
            "INT16");
    ChannelRecord real =
        Channels.read(
            "f", DataType.FLOAT, "table", "INPUT_REGISTER", "address", 30, "data.type", "FLOAT32");
    long before = System.currentTimeMillis();
    List<ChannelRecord> records = List.of(real, holding, input, off, coil);
    driver.read(records);
    assertThat(records).allMatch(Channels::succeeded);
    assertThat(records).allMatch(record -> record.getTimestamp() >= before);
    assertThat(records.stream().map(Channels::value)).containsExactly(12.5f, -2, 1, false, true);
  }

  @Test
  void readsTheFarEndOfALongBlockOfBits() throws ConnectionException {
    device.coil(0, true);
    device.coil(399, true);
    List<ChannelRecord> records = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      records.add(Channels.read("c" + i, DataType.BOOLEAN, "table", "COIL", "address", i));
    }
    driver.read(records);
    for (int i = 0; i < 400; i++) {
      assertThat(Channels.value(records.get(i))).isEqualTo(i == 0 || i == 399);
    }
  }

  @Test
  @SuppressWarnings("try")
  void givesUpOnlyTheChannelWhoseAddressDoesNotExist() throws Exception {
    List<ChannelRecord> records = new ArrayList<>();
    for (int i = 90; i < 110; i++) {
      if (i != TestDevice.MISSING) {
        device.holding(i, i);
      }
      records.add(Channels.holding(i));
    }
    try (PreparedRead prepared = driver.prepareRead(records)) {
      prepared.execute();
      int first = device.requests();
      List<ChannelRecord> read = prepared.execute();
      for (ChannelRecord record : read) {
        if (record.getChannelName().equals("h" + TestDevice.MISSING)) {
          assertThat(Channels.reason(record)).isEqualTo("illegal data address (2)");
        } else {
          assertThat("h" + Channels.value(record)).isEqualTo(record.getChannelName());
        }
      }
      if (first > 0) {
        assertThat(first).isGreaterThan(device.requests() - first);
        assertThat(device.requests() - first).isLessThanOrEqualTo(7);
      }
    }
  }

  @Test
  void readsAroundAnUnusedAddressThatDoesNotExist() throws ConnectionException {
    device.holding(98, 7);
    device.holding(100, 8);
    List<ChannelRecord> records = List.of(Channels.holding(98), Channels.holding(100));
    driver.read(records);
    assertThat(records.stream().map(Channels::value)).containsExactly(7, 8);
  }

  @Test
  void failsAChannelWithWrongKeysAndReadsTheOthers() throws ConnectionException {
    device.holding(1, 5);
    ChannelRecord wrong = Channels.read("w", DataType.INTEGER, "table", "HOLDING_REGISTER");
    ChannelRecord right = Channels.holding(1);
    driver.read(List.of(wrong, right));
    assertThat(Channels.reason(wrong)).isEqualTo("address is missing");
    assertThat(Channels.value(right)).isEqualTo(5);
  }

  @Test
  void failsAValueThatDoesNotFit() throws ConnectionException {
    device.holding(1, 0x8000);
    ChannelRecord record =
        Channels.read(
            "u",
            DataType.INTEGER,
            "table",
            "HOLDING_REGISTER",
            "address",
            1,
            "data.type",
            "UINT32");
    driver.read(List.of(record));
    assertThat(Channels.reason(record)).isEqualTo("the value does not fit into INTEGER");
  }

  @Test
  void writesCoilsAndRegisters() throws ConnectionException {
    List<ChannelRecord> records =
        List.of(
            Channels.write("c", TypedValues.newBooleanValue(true), "table", "COIL", "address", 5),
            Channels.write(
                "h",
                TypedValues.newIntegerValue(65_000),
                "table",
                "HOLDING_REGISTER",
                "address",
                6),
            Channels.write(
                "f",
                TypedValues.newDoubleValue(12.5),
                "table",
                "HOLDING_REGISTER",
                "address",
                7,
                "data.type",
                "FLOAT32",
                "word.order",
                "LITTLE"));
    driver.write(records);
    assertThat(records).allMatch(Channels::succeeded);
    assertThat(device.coilAt(5)).isTrue();
    assertThat(device.holdingAt(6)).isEqualTo(65_000);
    assertThat(device.holdingAt(7)).isZero();
    assertThat(device.holdingAt(8)).isEqualTo(0x4148);
  }

  @Test
  void setsOneBitAndLeavesTheOthers() throws ConnectionException {
    device.holding(40, 0xF0F0);
    ChannelRecord record =
        Channels.write(
            "b",
            TypedValues.newBooleanValue(true),
            "table",
            "HOLDING_REGISTER",
            "address",
            40,
            "data.type",
            "BOOLEAN",
            "bit",
            1);
    driver.write(List.of(record));
    assertThat(Channels.reason(record)).isEqualTo("null");
    assertThat(device.holdingAt(40)).isEqualTo(0xF0F2);
  }

  @Test
  void refusesToWriteWhatIsReadOnlyOrTooLarge() throws ConnectionException {
    ChannelRecord input =
        Channels.write(
            "i", TypedValues.newIntegerValue(1), "table", "INPUT_REGISTER", "address", 5);
    ChannelRecord large =
        Channels.write(
            "l", TypedValues.newIntegerValue(-1), "table", "HOLDING_REGISTER", "address", 5);
    driver.write(List.of(input, large));
    assertThat(Channels.reason(input)).isEqualTo("table: INPUT_REGISTER cannot be written");
    assertThat(Channels.reason(large)).isEqualTo("the value does not fit into UINT16");
    assertThat(device.holdingAt(5)).isZero();
  }
}
