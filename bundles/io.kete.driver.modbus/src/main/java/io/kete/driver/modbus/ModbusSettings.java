// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.modbus;

/** The driver's configuration, checked. Times are in milliseconds. */
record ModbusSettings(
    String pid,
    String host,
    int port,
    int unitId,
    int connectTimeoutMillis,
    int responseTimeoutMillis,
    int maxGap,
    int maxRegisters,
    int maxBits,
    int backoffMinMillis,
    int backoffMaxMillis) {

  ModbusSettings {
    if (host.isBlank()) {
      throw new IllegalArgumentException(pid + ": host must not be empty");
    }
    within(pid, "port", port, 1, 65_535);
    within(pid, "unit.id", unitId, 0, 255);
    within(pid, "connect.timeout", connectTimeoutMillis, 10, 60_000);
    within(pid, "response.timeout", responseTimeoutMillis, 10, 60_000);
    within(pid, "max.gap", maxGap, 0, 124);
    within(pid, "max.registers", maxRegisters, 1, 125);
    within(pid, "max.bits", maxBits, 1, 2000);
    within(pid, "backoff.min", backoffMinMillis, 1, 3_600_000);
    within(pid, "backoff.max", backoffMaxMillis, backoffMinMillis, 3_600_000);
  }

  static ModbusSettings of(String pid, ModbusDriverConfig config) {
    return new ModbusSettings(
        pid,
        config.host().strip(),
        config.port(),
        config.unit_id(),
        config.connect_timeout(),
        config.response_timeout(),
        config.max_gap(),
        config.max_registers(),
        config.max_bits(),
        config.backoff_min(),
        config.backoff_max());
  }

  /** The device as it is named in logs and reasons. */
  String device() {
    return host + ":" + port;
  }

  private static void within(String pid, String key, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          pid + ": " + key + " must be between " + min + " and " + max + ", not " + value);
    }
  }
}
