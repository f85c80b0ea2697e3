// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.modbus;

import com.ghgande.j2mod.modbus.msg.ModbusRequest;
import com.ghgande.j2mod.modbus.msg.ReadCoilsRequest;
import com.ghgande.j2mod.modbus.msg.ReadInputDiscretesRequest;
import com.ghgande.j2mod.modbus.msg.ReadInputRegistersRequest;
import com.ghgande.j2mod.modbus.msg.ReadMultipleRegistersRequest;

/** The four address spaces of a device. */
enum Table {
  COIL(true, true),
  DISCRETE_INPUT(true, false),
  HOLDING_REGISTER(false, true),
  INPUT_REGISTER(false, false);

  private final boolean bits;
  private final boolean writable;

  Table(boolean bits, boolean writable) {
    this.bits = bits;
    this.writable = writable;
  }

  boolean isBits() {
    return bits;
  }

  boolean isWritable() {
    return writable;
  }

  /** Bytes of data in a reply with that many coils or registers. */
  int dataBytes(int count) {
    return bits ? (count + 7) / 8 : 2 * count;
  }

  ModbusRequest readRequest(int address, int count) {
    return switch (this) {
      case COIL -> new ReadCoilsRequest(address, count);
      case DISCRETE_INPUT -> new ReadInputDiscretesRequest(address, count);
      case HOLDING_REGISTER -> new ReadMultipleRegistersRequest(address, count);
      case INPUT_REGISTER -> new ReadInputRegistersRequest(address, count);
    };
  }
}
