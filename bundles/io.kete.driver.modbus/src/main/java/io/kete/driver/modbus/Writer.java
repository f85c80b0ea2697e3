// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.modbus;

import com.ghgande.j2mod.modbus.msg.MaskWriteRegisterRequest;
import com.ghgande.j2mod.modbus.msg.ModbusRequest;
import com.ghgande.j2mod.modbus.msg.WriteCoilRequest;
import com.ghgande.j2mod.modbus.msg.WriteMultipleRegistersRequest;
import com.ghgande.j2mod.modbus.msg.WriteSingleRegisterRequest;
import com.ghgande.j2mod.modbus.procimg.Register;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.driver.Driver.ConnectionException;
import org.eclipse.kura.type.TypedValue;

/** Writes one record with one request. A bit of a register is set by the device itself. */
final class Writer {

  private static final int WRITE_FRAME = 12;
  private static final int MASK_FRAME = 14;
  private static final int ALL_BITS = 0xFFFF;

  private Writer() {}

  static void write(ChannelRecord record, ModbusLink link, int defaultUnit)
      throws ConnectionException {
    String failure;
    try {
      ModbusRequest request = request(record, defaultUnit);
      int length = request instanceof MaskWriteRegisterRequest ? MASK_FRAME : WRITE_FRAME;
      failure =
          link.exchange(request, length, false) instanceof Reply.Refused refused
              ? refused.reason()
              : "";
    } catch (IllegalArgumentException | ArithmeticException e) {
      failure = String.valueOf(e.getMessage());
    }
    if (failure.isEmpty()) {
      Slot.succeed(record, System.currentTimeMillis());
    } else {
      Slot.fail(record, failure, System.currentTimeMillis());
    }
  }

  private static ModbusRequest request(ChannelRecord record, int defaultUnit) {
    ModbusChannel channel = ModbusChannel.of(record, defaultUnit);
    TypedValue<?> value = record.getValue();
    if (value == null) {
      throw new IllegalArgumentException("there is no value to write");
    }
    if (!channel.table().isWritable()) {
      throw new IllegalArgumentException(
          ModbusChannel.TABLE + ": " + channel.table() + " cannot be written");
    }
    ModbusRequest request =
        channel.type() == WireType.BOOLEAN ? bit(channel, value) : registers(channel, value);
    request.setUnitID(channel.unit());
    return request;
  }

  private static ModbusRequest bit(ModbusChannel channel, TypedValue<?> value) {
    boolean set = Registers.encodeBit(value);
    if (channel.table() == Table.COIL) {
      return new WriteCoilRequest(channel.address(), set);
    }
    int wireBit = channel.lowByteFirst() ? channel.bit() ^ 8 : channel.bit();
    int mask = 1 << wireBit;
    return new MaskWriteRegisterRequest(channel.address(), ALL_BITS & ~mask, set ? mask : 0);
  }

  private static ModbusRequest registers(ModbusChannel channel, TypedValue<?> value) {
    byte[] data = Registers.encode(value, channel);
    Register[] registers = new Register[channel.size()];
    for (int i = 0; i < registers.length; i++) {
      registers[i] = new SimpleRegister(data[2 * i], data[2 * i + 1]);
    }
    return registers.length == 1
        ? new WriteSingleRegisterRequest(channel.address(), registers[0])
        : new WriteMultipleRegistersRequest(channel.address(), registers);
  }
}
