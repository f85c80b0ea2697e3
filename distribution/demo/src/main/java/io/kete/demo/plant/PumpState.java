// SPDX-License-Identifier: EPL-2.0
package io.kete.demo.plant;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Everything the pump shows at one moment.
 *
 * @param serial grows by one with each state that is served
 * @param flow m³/h
 * @param pressure bar
 * @param vibration mm/s
 * @param currentRaw motor current in 1/64 A
 * @param temperatureRaw bearing temperature in 1/16 °C
 * @param hours running hours
 * @param setpoint recipe set point, a trade secret
 * @param operator badge of the operator, personal data; {@link #OPERATOR_LENGTH} ASCII characters
 * @param running whether the motor runs
 */
public record PumpState(
    long serial,
    float flow,
    float pressure,
    float vibration,
    short currentRaw,
    short temperatureRaw,
    long hours,
    int setpoint,
    String operator,
    boolean running) {

  /** Holding registers, from address 0. */
  public static final int REGISTERS = 22;

  /** Characters of a badge. */
  public static final int OPERATOR_LENGTH = 16;

  /** The registers as bytes, high byte and high word first. */
  public byte[] registers() {
    return ByteBuffer.allocate(2 * REGISTERS)
        .putInt((int) serial)
        .putFloat(flow)
        .putFloat(pressure)
        .putFloat(vibration)
        .putShort(currentRaw)
        .putShort(temperatureRaw)
        .putInt((int) hours)
        .putInt(setpoint)
        .put(operator.getBytes(StandardCharsets.US_ASCII))
        .array();
  }

  /**
   * The values in engineering units, by channel; all scales are powers of two, so that nothing is
   * rounded.
   */
  public Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("serial", serial);
    values.put("flow", (double) flow);
    values.put("pressure", (double) pressure);
    values.put("vibration", (double) vibration);
    values.put("current", currentRaw / 64.0);
    values.put("temperature", temperatureRaw / 16.0);
    values.put("hours", hours);
    values.put("setpoint", (long) setpoint);
    values.put("operator", operator);
    values.put("running", running);
    return values;
  }
}
