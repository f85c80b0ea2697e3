// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.modbus;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.eclipse.kura.channel.ChannelFlag;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;

/** Records and settings as tests need them. */
final class Channels {

  private Channels() {}

  static ChannelRecord holding(int address) {
    return read("h" + address, DataType.INTEGER, "table", "HOLDING_REGISTER", "address", address);
  }

  static ChannelRecord read(String name, DataType type, Object... keys) {
    ChannelRecord record = ChannelRecord.createReadRecord(name, type);
    record.setChannelConfig(map(keys));
    return record;
  }

  static ChannelRecord write(String name, TypedValue<?> value, Object... keys) {
    ChannelRecord record = ChannelRecord.createWriteRecord(name, value);
    record.setChannelConfig(map(keys));
    return record;
  }

  static ModbusSettings settings(int port) {
    return settings(port, 2000);
  }

  static ModbusSettings settings(int port, int responseTimeoutMillis) {
    return new ModbusSettings(
        "test", "127.0.0.1", port, 1, 2000, responseTimeoutMillis, 8, 125, 2000, 1000, 60_000);
  }

  /** A driver that never waits before it tries again. */
  static ModbusDriver eager(ModbusSettings settings) {
    long[] clock = {0};
    return new ModbusDriver(settings, new Backoff(1, 1, () -> clock[0] += 10_000_000, () -> 0));
  }

  static boolean succeeded(ChannelRecord record) {
    return Objects.requireNonNull(record.getChannelStatus()).getChannelFlag()
        == ChannelFlag.SUCCESS;
  }

  static String reason(ChannelRecord record) {
    return String.valueOf(Objects.requireNonNull(record.getChannelStatus()).getExceptionMessage());
  }

  static Object value(ChannelRecord record) {
    return Objects.requireNonNull(record.getValue()).getValue();
  }

  private static Map<String, Object> map(Object... keys) {
    Map<String, Object> map = new HashMap<>();
    for (int i = 0; i < keys.length; i += 2) {
      map.put((String) keys[i], keys[i + 1]);
    }
    return map;
  }
}
