// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.asset;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.kura.KuraException;
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
import org.eclipse.kura.type.LongValue;

/**
 * An asset with one channel, {@code count}, that gives 1, 2, 3, ...; a test can make its reads fail
 * or block.
 */
public final class CountingAsset implements Asset {
  /** What one read gives. */
  public interface Read {
    List<ChannelRecord> all() throws KuraException;
  }

  private final AtomicLong reads = new AtomicLong();
  private volatile Read read = this::count;

  /** Replaces the behaviour of a read. */
  public void behave(Read newRead) {
    read = newRead;
  }

  /** The usual read. */
  public List<ChannelRecord> count() {
    ChannelRecord record = ChannelRecord.createReadRecord("count", DataType.LONG, "1");
    record.setValue(new LongValue(reads.incrementAndGet()));
    record.setChannelStatus(new ChannelStatus(ChannelFlag.SUCCESS));
    record.setTimestamp(7);
    return List.of(record);
  }

  /** A read that failed on every channel. */
  public static List<ChannelRecord> failing() {
    return List.of(
        ChannelRecord.createStatusRecord(
            "count", new ChannelStatus(ChannelFlag.FAILURE, "no answer", null)));
  }

  public long reads() {
    return reads.get();
  }

  @Override
  public AssetConfiguration getAssetConfiguration() {
    Channel channel =
        new Channel(
            "count",
            ChannelType.READ,
            DataType.LONG,
            ScaleOffsetType.DEFINED_BY_VALUE_TYPE,
            1.0d,
            0.0d,
            Map.of());
    return new AssetConfiguration("test", "no-driver", Map.of("count", channel));
  }

  @Override
  public List<ChannelRecord> readAllChannels() throws KuraException {
    return read.all();
  }

  @Override
  public List<ChannelRecord> read(Set<String> channelNames) throws KuraException {
    return readAllChannels();
  }

  @Override
  public void registerChannelListener(String channelName, ChannelListener channelListener) {
    throw new UnsupportedOperationException("routes poll");
  }

  @Override
  public void unregisterChannelListener(ChannelListener channelListener) {
    throw new UnsupportedOperationException("routes poll");
  }

  @Override
  public void write(List<ChannelRecord> channelRecords) {
    throw new UnsupportedOperationException("routes read");
  }
}
