// SPDX-License-Identifier: EPL-2.0
package io.kete.container.asset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.kura.channel.ChannelFlag;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.ChannelStatus;
import org.eclipse.kura.channel.listener.ChannelListener;
import org.eclipse.kura.driver.ChannelDescriptor;
import org.eclipse.kura.driver.Driver;
import org.eclipse.kura.driver.PreparedRead;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;

/** Gives each channel the number under its key {@code address}, in the type it is asked for. */
final class FakeDriver implements Driver {

  final Map<String, TypedValue<?>> written = new HashMap<>();
  final List<ChannelRecord> asked = new ArrayList<>();
  boolean reachable = true;
  boolean prepares = true;
  int prepared;
  int closed;

  @Override
  public void connect() {}

  @Override
  public void disconnect() {}

  @Override
  public ChannelDescriptor getChannelDescriptor() {
    return () -> "keys";
  }

  @Override
  public void read(List<ChannelRecord> records) throws ConnectionException {
    if (!reachable) {
      throw new ConnectionException("the device is away");
    }
    asked.clear();
    asked.addAll(records);
    for (ChannelRecord record : records) {
      Map<String, Object> keys = Objects.requireNonNull(record.getChannelConfig());
      DataType type = Objects.requireNonNull(record.getValueType());
      Object address = keys.get("address");
      if (address == null) {
        record.setChannelStatus(new ChannelStatus(ChannelFlag.FAILURE, "no address", null));
      } else {
        record.setValue(TypedValues.parseTypedValue(type, address.toString()));
        record.setChannelStatus(new ChannelStatus(ChannelFlag.SUCCESS));
      }
      record.setTimestamp(1234);
    }
  }

  @Override
  public void write(List<ChannelRecord> records) throws ConnectionException {
    if (!reachable) {
      throw new ConnectionException("the device is away");
    }
    for (ChannelRecord record : records) {
      Objects.requireNonNull(record.getChannelConfig());
      written.put(record.getChannelName(), Objects.requireNonNull(record.getValue()));
      record.setChannelStatus(new ChannelStatus(ChannelFlag.SUCCESS));
    }
  }

  @Override
  public PreparedRead prepareRead(List<ChannelRecord> records) {
    if (!prepares) {
      throw new UnsupportedOperationException("no prepared reads");
    }
    prepared++;
    return new PreparedRead() {
      @Override
      public List<ChannelRecord> execute() throws ConnectionException {
        read(records);
        List<ChannelRecord> reversed = new ArrayList<>(records);
        java.util.Collections.reverse(reversed);
        return reversed;
      }

      @Override
      public List<ChannelRecord> getChannelRecords() {
        return records;
      }

      @Override
      public void close() {
        closed++;
      }
    };
  }

  @Override
  public void registerChannelListener(Map<String, Object> channel, ChannelListener listener) {
    throw new UnsupportedOperationException("no listeners");
  }

  @Override
  public void unregisterChannelListener(ChannelListener listener) {}
}
