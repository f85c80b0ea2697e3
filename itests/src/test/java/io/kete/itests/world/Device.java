// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.world;

import com.digitalpetri.modbus.ExceptionCode;
import com.digitalpetri.modbus.FunctionCode;
import com.digitalpetri.modbus.exceptions.ModbusResponseException;
import com.digitalpetri.modbus.pdu.ReadCoilsRequest;
import com.digitalpetri.modbus.pdu.ReadCoilsResponse;
import com.digitalpetri.modbus.pdu.ReadDiscreteInputsRequest;
import com.digitalpetri.modbus.pdu.ReadDiscreteInputsResponse;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersResponse;
import com.digitalpetri.modbus.pdu.ReadInputRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadInputRegistersResponse;
import com.digitalpetri.modbus.server.ModbusRequestContext;
import com.digitalpetri.modbus.server.ModbusServices;
import com.digitalpetri.modbus.server.ModbusTcpServer;
import com.digitalpetri.modbus.tcp.server.NettyTcpServerTransport;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;

/**
 * A device that speaks Modbus TCP. Every request to a table gives that table's next state, so what
 * is asked for twice or not at all shows in the values.
 */
final class Device implements ModbusServices {

  private final AtomicLong coils = new AtomicLong();
  private final AtomicLong discretes = new AtomicLong();
  private final AtomicLong holdings = new AtomicLong();
  private final AtomicLong inputs = new AtomicLong();
  private final CompletableFuture<Integer> port = new CompletableFuture<>();

  /** Starts to serve; gives the port. */
  int start() throws Exception {
    ModbusTcpServer server =
        ModbusTcpServer.create(
            NettyTcpServerTransport.create(
                config ->
                    config
                        .setBindAddress("127.0.0.1")
                        .setPort(0)
                        .setBootstrapCustomizer(bootstrap -> bootstrap.handler(new Bound()))),
            this);
    server.start();
    return port.get();
  }

  /** Requests so far: coils, discrete inputs, holding registers, input registers. */
  String served() {
    return coils + " " + discretes + " " + holdings + " " + inputs;
  }

  @Override
  public ReadCoilsResponse readCoils(
      ModbusRequestContext context, int unit, ReadCoilsRequest request)
      throws ModbusResponseException {
    check(FunctionCode.READ_COILS, request.address(), request.quantity(), Registers.BITS);
    long n = coils.incrementAndGet();
    return new ReadCoilsResponse(
        bits(request.address(), request.quantity(), bit -> Registers.coil(n, bit)));
  }

  @Override
  public ReadDiscreteInputsResponse readDiscreteInputs(
      ModbusRequestContext context, int unit, ReadDiscreteInputsRequest request)
      throws ModbusResponseException {
    check(FunctionCode.READ_DISCRETE_INPUTS, request.address(), request.quantity(), Registers.BITS);
    long n = discretes.incrementAndGet();
    return new ReadDiscreteInputsResponse(
        bits(request.address(), request.quantity(), bit -> Registers.discrete(n, bit)));
  }

  @Override
  public ReadHoldingRegistersResponse readHoldingRegisters(
      ModbusRequestContext context, int unit, ReadHoldingRegistersRequest request)
      throws ModbusResponseException {
    int size = Registers.HOLDING_BYTES / 2;
    check(FunctionCode.READ_HOLDING_REGISTERS, request.address(), request.quantity(), size);
    byte[] all = Registers.holding(holdings.incrementAndGet());
    return new ReadHoldingRegistersResponse(cut(all, request.address(), request.quantity()));
  }

  @Override
  public ReadInputRegistersResponse readInputRegisters(
      ModbusRequestContext context, int unit, ReadInputRegistersRequest request)
      throws ModbusResponseException {
    int size = Registers.INPUT_BYTES / 2;
    check(FunctionCode.READ_INPUT_REGISTERS, request.address(), request.quantity(), size);
    byte[] all = Registers.input(inputs.incrementAndGet());
    return new ReadInputRegistersResponse(cut(all, request.address(), request.quantity()));
  }

  private static void check(FunctionCode function, int address, int quantity, int size)
      throws ModbusResponseException {
    if (address < 0 || quantity < 1 || address + quantity > size) {
      throw new ModbusResponseException(function, ExceptionCode.ILLEGAL_DATA_ADDRESS);
    }
  }

  private static byte[] cut(byte[] all, int address, int quantity) {
    return Arrays.copyOfRange(all, 2 * address, 2 * (address + quantity));
  }

  private static byte[] bits(int address, int quantity, IntPredicate value) {
    byte[] bytes = new byte[(quantity + 7) / 8];
    for (int i = 0; i < quantity; i++) {
      if (value.test(address + i)) {
        bytes[i / 8] = (byte) (bytes[i / 8] | 1 << (i % 8));
      }
    }
    return bytes;
  }

  private final class Bound extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(ChannelHandlerContext context) {
      port.complete(((InetSocketAddress) context.channel().localAddress()).getPort());
      context.fireChannelActive();
    }
  }
}
