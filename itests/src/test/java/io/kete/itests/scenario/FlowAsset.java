// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.scenario;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
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

/** A device whose channels all give 1, 2, 3, ...: what is lost or read twice shows. */
final class FlowAsset implements Asset {

  private final AtomicLong reads = new AtomicLong();
  private final List<String> channels;

  FlowAsset(List<String> channels) {
    this.channels = channels;
  }

  long reads() {
    return reads.get();
  }

  @Override
  public AssetConfiguration getAssetConfiguration() {
    return new AssetConfiguration("flow", "none", Map.of("flow", channel()));
  }

  private static Channel channel() {
    return new Channel(
        "flow",
        ChannelType.READ,
        DataType.DOUBLE,
        ScaleOffsetType.DEFINED_BY_VALUE_TYPE,
        1.0d,
        0.0d,
        Map.of());
  }

  @Override
  public List<ChannelRecord> readAllChannels() {
    double next = reads.incrementAndGet();
    return channels.stream().map(channel -> record(channel, next)).toList();
  }

  private static ChannelRecord record(String channel, double value) {
    ChannelRecord record = ChannelRecord.createReadRecord(channel, DataType.DOUBLE, "");
    record.setValue(new DoubleValue(value));
    record.setChannelStatus(new ChannelStatus(ChannelFlag.SUCCESS));
    record.setTimestamp(System.currentTimeMillis());
    return record;
  }

  @Override
  public List<ChannelRecord> read(Set<String> names) {
    return readAllChannels();
  }

  @Override
  public void registerChannelListener(String name, ChannelListener listener) {
    throw new UnsupportedOperationException("routes poll");
  }

  @Override
  public void unregisterChannelListener(ChannelListener listener) {
    throw new UnsupportedOperationException("routes poll");
  }

  @Override
  public void write(List<ChannelRecord> records) {
    throw new UnsupportedOperationException("routes read");
  }
}
