// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.kura.asset.Asset;
import org.eclipse.kura.asset.AssetConfiguration;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.channel.ChannelFlag;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.ChannelStatus;
import org.eclipse.kura.channel.ChannelType;
import org.eclipse.kura.channel.ScaleOffsetType;
import org.eclipse.kura.channel.listener.ChannelListener;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.DoubleValue;

/**
 * A device with eight channels, the first of which counts its readings: what is lost or doubled
 * shows. Remembers when each was read.
 */
final class LoadAsset implements Asset {

  /** What the counter begins anew at; a float32 still tells each number from the next. */
  static final int CYCLE = 1 << 20;

  /** More readings than are ever on their way. */
  private static final int REMEMBERED = 1 << 12;

  private final long[] readAt = new long[REMEMBERED];
  private long reads;

  /** When the reading with this number was made. */
  synchronized long readAt(long number) {
    return readAt[(int) (number % REMEMBERED)];
  }

  synchronized long reads() {
    return reads;
  }

  @Override
  public synchronized List<ChannelRecord> readAllChannels() {
    readAt[(int) (reads % REMEMBERED)] = System.nanoTime();
    double number = reads % CYCLE;
    reads++;
    List<ChannelRecord> records = new ArrayList<>(EightRoles.COUNT);
    for (String channel : EightRoles.NAMES) {
      records.add(record(channel, records.isEmpty() ? number : 1));
    }
    return records;
  }

  private static ChannelRecord record(String channel, double value) {
    ChannelRecord record = ChannelRecord.createReadRecord(channel, DataType.DOUBLE, "");
    record.setValue(new DoubleValue(value));
    record.setChannelStatus(new ChannelStatus(ChannelFlag.SUCCESS));
    record.setTimestamp(System.currentTimeMillis());
    return record;
  }

  @Override
  public AssetConfiguration getAssetConfiguration() {
    Map<String, Channel> channels =
        EightRoles.NAMES.stream().collect(Collectors.toMap(name -> name, LoadAsset::channel));
    return new AssetConfiguration("load", "none", channels);
  }

  private static Channel channel(String name) {
    return new Channel(
        name,
        ChannelType.READ,
        DataType.DOUBLE,
        ScaleOffsetType.DEFINED_BY_VALUE_TYPE,
        1.0d,
        0.0d,
        Map.of());
  }

  @Override
  public List<ChannelRecord> read(Set<String> names) {
    return readAllChannels();
  }

  @Override
  public void registerChannelListener(String name, ChannelListener listener) {
    throw new IllegalStateException("routes poll");
  }

  @Override
  public void unregisterChannelListener(ChannelListener listener) {
    throw new IllegalStateException("routes poll");
  }

  @Override
  public void write(List<ChannelRecord> records) {
    throw new IllegalStateException("routes read");
  }
}
