// SPDX-License-Identifier: EPL-2.0
package io.kete.demo.plant;

import com.digitalpetri.modbus.ExceptionCode;
import com.digitalpetri.modbus.FunctionCode;
import com.digitalpetri.modbus.exceptions.ModbusResponseException;
import com.digitalpetri.modbus.pdu.ReadCoilsRequest;
import com.digitalpetri.modbus.pdu.ReadCoilsResponse;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersResponse;
import com.digitalpetri.modbus.server.ModbusRequestContext;
import com.digitalpetri.modbus.server.ModbusServices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Arrays;

/**
 * The pump as Modbus sees it. A request that begins at register 0 is served the next state; every
 * other request, coils included, belongs to it: registers to the state just served, the coil to the
 * one that comes next, because a client reads coils before registers.
 */
final class PumpServices implements ModbusServices {

  private final PumpModel model;
  private final Truth truth;
  private final Clock clock;
  private PumpState served;
  private PumpState next;
  private boolean stopped;

  PumpServices(PumpModel model, Truth truth, Clock clock) {
    this.model = model;
    this.truth = truth;
    this.clock = clock;
    next = model.next();
    served = next;
  }

  @Override
  public synchronized ReadHoldingRegistersResponse readHoldingRegisters(
      ModbusRequestContext context, int unitId, ReadHoldingRegistersRequest request)
      throws ModbusResponseException {
    check(
        FunctionCode.READ_HOLDING_REGISTERS,
        request.address(),
        request.quantity(),
        PumpState.REGISTERS);
    if (request.address() == 0) {
      serve();
    }
    int from = 2 * request.address();
    return new ReadHoldingRegistersResponse(
        Arrays.copyOfRange(served.registers(), from, from + 2 * request.quantity()));
  }

  @Override
  public synchronized ReadCoilsResponse readCoils(
      ModbusRequestContext context, int unitId, ReadCoilsRequest request)
      throws ModbusResponseException {
    check(FunctionCode.READ_COILS, request.address(), request.quantity(), 1);
    return new ReadCoilsResponse(new byte[] {(byte) (next.running() ? 1 : 0)});
  }

  private void serve() {
    served = next;
    next = model.next();
    try {
      truth.add(clock.millis(), served.values());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void check(FunctionCode function, int address, int quantity, int size)
      throws ModbusResponseException {
    if (stopped) {
      throw new ModbusResponseException(function, ExceptionCode.SLAVE_DEVICE_BUSY);
    }
    if (address < 0 || quantity < 1 || address + quantity > size) {
      throw new ModbusResponseException(function, ExceptionCode.ILLEGAL_DATA_ADDRESS);
    }
  }

  /**
   * From now on every request is answered "busy", so that nothing is served that might not arrive.
   */
  synchronized void stop() {
    stopped = true;
  }
}
