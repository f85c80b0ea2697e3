// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.modbus;

import com.digitalpetri.modbus.exceptions.ModbusResponseException;
import com.digitalpetri.modbus.exceptions.UnknownUnitIdException;
import com.digitalpetri.modbus.pdu.MaskWriteRegisterRequest;
import com.digitalpetri.modbus.pdu.MaskWriteRegisterResponse;
import com.digitalpetri.modbus.pdu.ReadCoilsRequest;
import com.digitalpetri.modbus.pdu.ReadCoilsResponse;
import com.digitalpetri.modbus.pdu.ReadDiscreteInputsRequest;
import com.digitalpetri.modbus.pdu.ReadDiscreteInputsResponse;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersResponse;
import com.digitalpetri.modbus.pdu.ReadInputRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadInputRegistersResponse;
import com.digitalpetri.modbus.pdu.WriteMultipleRegistersRequest;
import com.digitalpetri.modbus.pdu.WriteMultipleRegistersResponse;
import com.digitalpetri.modbus.pdu.WriteSingleCoilRequest;
import com.digitalpetri.modbus.pdu.WriteSingleCoilResponse;
import com.digitalpetri.modbus.pdu.WriteSingleRegisterRequest;
import com.digitalpetri.modbus.pdu.WriteSingleRegisterResponse;
import com.digitalpetri.modbus.server.ModbusRequestContext;
import com.digitalpetri.modbus.server.ModbusServices;
import com.digitalpetri.modbus.server.ModbusTcpServer;
import com.digitalpetri.modbus.server.ProcessImage;
import com.digitalpetri.modbus.server.ReadWriteModbusServices;
import com.digitalpetri.modbus.tcp.server.NettyTcpServerTransport;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** The server of digitalpetri's modbus library, which shares no code with the driver's. */
final class PetriDevice implements TestDevice {

  private final ProcessImage image = new ProcessImage();
  private final AtomicInteger requests = new AtomicInteger();
  private final ModbusTcpServer server;
  private final int port;

  PetriDevice() {
    CompletableFuture<Integer> bound = new CompletableFuture<>();
    server =
        ModbusTcpServer.create(
            NettyTcpServerTransport.create(
                config -> {
                  config.bindAddress = "127.0.0.1";
                  config.port = 0;
                  config.bootstrapCustomizer = bootstrap -> bootstrap.handler(new Bound(bound));
                }),
            new Services());
    try {
      server.start();
      port = bound.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void coil(int address, boolean value) {
    image.with(tx -> tx.writeCoils(map -> map.put(address, value)));
  }

  @Override
  public void discreteInput(int address, boolean value) {
    image.with(tx -> tx.writeDiscreteInputs(map -> map.put(address, value)));
  }

  @Override
  public void holding(int address, int value) {
    image.with(tx -> tx.writeHoldingRegisters(map -> map.put(address, bytes(value))));
  }

  @Override
  public void input(int address, int value) {
    image.with(tx -> tx.writeInputRegisters(map -> map.put(address, bytes(value))));
  }

  @Override
  public int holdingAt(int address) {
    byte[] bytes =
        image.get(tx -> tx.readHoldingRegisters(map -> map.getOrDefault(address, new byte[2])));
    return (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
  }

  @Override
  public boolean coilAt(int address) {
    return image.get(tx -> tx.readCoils(map -> map.getOrDefault(address, false)));
  }

  @Override
  public int requests() {
    return requests.get();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] bytes(int value) {
    return new byte[] {(byte) (value >> 8), (byte) value};
  }

  private final class Image extends ReadWriteModbusServices {
    @Override
    protected Optional<ProcessImage> getProcessImage(int unit) {
      return unit == 1 ? Optional.of(image) : Optional.empty();
    }
  }

  private final class Services implements ModbusServices {
    private final Image served = new Image();

    @Override
    public ReadHoldingRegistersResponse readHoldingRegisters(
        ModbusRequestContext context, int unit, ReadHoldingRegistersRequest request)
        throws ModbusResponseException, UnknownUnitIdException {
      requests.incrementAndGet();
      int first = request.address();
      if (first <= MISSING && MISSING < first + request.quantity()) {
        throw new ModbusResponseException(3, 2);
      }
      return served.readHoldingRegisters(context, unit, request);
    }

    @Override
    public ReadCoilsResponse readCoils(
        ModbusRequestContext context, int unit, ReadCoilsRequest request)
        throws UnknownUnitIdException {
      return served.readCoils(context, unit, request);
    }

    @Override
    public ReadDiscreteInputsResponse readDiscreteInputs(
        ModbusRequestContext context, int unit, ReadDiscreteInputsRequest request)
        throws UnknownUnitIdException {
      return served.readDiscreteInputs(context, unit, request);
    }

    @Override
    public ReadInputRegistersResponse readInputRegisters(
        ModbusRequestContext context, int unit, ReadInputRegistersRequest request)
        throws UnknownUnitIdException {
      return served.readInputRegisters(context, unit, request);
    }

    @Override
    public WriteSingleCoilResponse writeSingleCoil(
        ModbusRequestContext context, int unit, WriteSingleCoilRequest request)
        throws UnknownUnitIdException {
      return served.writeSingleCoil(context, unit, request);
    }

    @Override
    public WriteSingleRegisterResponse writeSingleRegister(
        ModbusRequestContext context, int unit, WriteSingleRegisterRequest request)
        throws UnknownUnitIdException {
      return served.writeSingleRegister(context, unit, request);
    }

    @Override
    public WriteMultipleRegistersResponse writeMultipleRegisters(
        ModbusRequestContext context, int unit, WriteMultipleRegistersRequest request)
        throws UnknownUnitIdException {
      return served.writeMultipleRegisters(context, unit, request);
    }

    @Override
    public MaskWriteRegisterResponse maskWriteRegister(
        ModbusRequestContext context, int unit, MaskWriteRegisterRequest request)
        throws UnknownUnitIdException {
      return served.maskWriteRegister(context, unit, request);
    }
  }

  private static final class Bound extends ChannelInboundHandlerAdapter {
    private final CompletableFuture<Integer> port;

    Bound(CompletableFuture<Integer> port) {
      this.port = port;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      port.complete(((InetSocketAddress) context.channel().localAddress()).getPort());
      context.fireChannelActive();
    }
  }
}
