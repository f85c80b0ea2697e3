// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks;

import com.digitalpetri.modbus.FunctionCode;
import com.digitalpetri.modbus.exceptions.ModbusResponseException;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersResponse;
import com.digitalpetri.modbus.server.ModbusRequestContext;
import com.digitalpetri.modbus.server.ModbusServices;
import com.digitalpetri.modbus.server.ModbusTcpServer;
import com.digitalpetri.modbus.tcp.server.NettyTcpServerTransport;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A device whose registers hold values nobody else has: with each request new ones, and it
 * remembers what it gave out.
 */
final class CanaryDevice implements ModbusServices {

  /** Channels with a text of 16 characters, eight registers each; the first one is no secret. */
  static final List<String> TEXTS = List.of("control", "sealed", "dropped", "pseudonym", "kept");

  /** The channel with a number, behind the texts. */
  static final String NUMBER = "number";

  private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  private static final int TEXT_BYTES = 16;

  /** Channels with a number a model takes, within the range it was trained for. */
  static final Map<String, double[]> INPUTS = inputs();

  private static final int BYTES = TEXT_BYTES * 5 + Long.BYTES + 5 * Double.BYTES;

  private final SecureRandom random = new SecureRandom();
  private final Queue<String> controls = new ConcurrentLinkedQueue<>();
  private final Queue<String> sealed = new ConcurrentLinkedQueue<>();
  private final Queue<String> secrets = new ConcurrentLinkedQueue<>();
  private final Queue<Long> numbers = new ConcurrentLinkedQueue<>();
  private final Queue<Double> scored = new ConcurrentLinkedQueue<>();

  int start() throws Exception {
    int port;
    try (ServerSocket probe = new ServerSocket(0)) {
      port = probe.getLocalPort();
    }
    ModbusTcpServer.create(
            NettyTcpServerTransport.create(
                config -> config.setBindAddress("127.0.0.1").setPort(port)),
            this)
        .start();
    return port;
  }

  @Override
  public ReadHoldingRegistersResponse readHoldingRegisters(
      ModbusRequestContext context, int unit, ReadHoldingRegistersRequest request)
      throws ModbusResponseException {
    int from = 2 * request.address();
    int to = from + 2 * request.quantity();
    if (to > BYTES) {
      throw new ModbusResponseException(
          FunctionCode.READ_HOLDING_REGISTERS,
          com.digitalpetri.modbus.ExceptionCode.ILLEGAL_DATA_ADDRESS);
    }
    ByteBuffer registers = ByteBuffer.allocate(BYTES);
    for (String channel : TEXTS) {
      String canary = text();
      registers.put(canary.getBytes(StandardCharsets.US_ASCII));
      boolean given = from < registers.position() && to >= registers.position();
      if (given) {
        (channel.equals("control") ? controls : secrets).add(canary);
      }
      if (given && channel.equals("sealed")) {
        sealed.add(canary);
      }
    }
    long number = (random.nextLong() >>> 2) | (1L << 61);
    numbers.add(number);
    registers.putLong(number);
    for (double[] range : INPUTS.values()) {
      double value = random.nextDouble(range[0], range[1]);
      scored.add(value);
      registers.putDouble(value);
    }
    return new ReadHoldingRegistersResponse(Arrays.copyOfRange(registers.array(), from, to));
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < TEXT_BYTES; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }

  private static Map<String, double[]> inputs() {
    Map<String, double[]> inputs = new LinkedHashMap<>();
    inputs.put("flow", new double[] {60, 120});
    inputs.put("pressure", new double[] {4, 5.8});
    inputs.put("vibration", new double[] {2.1, 3});
    inputs.put("current", new double[] {25, 32});
    inputs.put("temperature", new double[] {40, 50});
    return inputs;
  }

  int planted() {
    return secrets.size() + numbers.size() + scored.size();
  }

  List<Double> scored() {
    return List.copyOf(scored);
  }

  List<String> controls() {
    return List.copyOf(controls);
  }

  List<String> sealed() {
    return List.copyOf(sealed);
  }

  List<String> secrets() {
    return List.copyOf(secrets);
  }

  List<Long> numbers() {
    return List.copyOf(numbers);
  }
}
