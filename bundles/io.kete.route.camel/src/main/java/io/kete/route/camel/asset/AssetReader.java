// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.asset;

import io.kete.data.api.Reading;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.asset.Asset;
import org.eclipse.kura.asset.AssetConfiguration;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.channel.ChannelFlag;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.ChannelStatus;
import org.eclipse.kura.channel.ChannelType;
import org.eclipse.kura.type.TypedValue;
import org.jspecify.annotations.Nullable;

/** Reads every channel of an asset once and turns Kura's records into readings. */
final class AssetReader {
  private static final int MAX_REASON = 160;

  private AssetReader() {}

  /** One reading for each channel; none only when the asset has no channel to read. */
  static List<Reading> read(Asset asset, long timeMillis) {
    List<ChannelRecord> records;
    try {
      records = asset.readAllChannels();
    } catch (KuraException failed) {
      return allFailed(asset, String.valueOf(failed.getCode()), timeMillis);
    } catch (RuntimeException failed) {
      // Part of the scheduled task's border: assets and drivers are foreign code and may throw
      // anything.
      return allFailed(asset, failed.getClass().getSimpleName(), timeMillis);
    }
    List<Reading> readings = new ArrayList<>(records.size());
    for (ChannelRecord record : records) {
      readings.add(reading(record, timeMillis));
    }
    return readings;
  }

  private static Reading reading(ChannelRecord record, long sampleMillis) {
    long time = record.getTimestamp() > 0 ? record.getTimestamp() : sampleMillis;
    ChannelStatus status = record.getChannelStatus();
    if (status == null || status.getChannelFlag() != ChannelFlag.SUCCESS) {
      return new Reading.Failed(record.getChannelName(), reasonOf(status), time);
    }
    TypedValue<?> value = record.getValue();
    if (value == null) {
      return new Reading.Failed(record.getChannelName(), "no value", time);
    }
    String unit = record.getUnit();
    return Reading.Measured.good(record.getChannelName(), value, unit == null ? "" : unit, time);
  }

  private static String reasonOf(@Nullable ChannelStatus status) {
    if (status == null) {
      return "not read";
    }
    String message = status.getExceptionMessage();
    if (message == null || message.isBlank()) {
      Exception exception = status.getException();
      return exception == null ? "failed" : exception.getClass().getSimpleName();
    }
    String line = message.strip().replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= MAX_REASON ? line : line.substring(0, MAX_REASON);
  }

  private static List<Reading> allFailed(Asset asset, String reason, long timeMillis) {
    List<Reading> readings = new ArrayList<>();
    for (Channel channel : channelsOf(asset)) {
      if (channel.isEnabled() && channel.getType() != ChannelType.WRITE) {
        readings.add(new Reading.Failed(channel.getName(), reason, timeMillis));
      }
    }
    return readings;
  }

  private static List<Channel> channelsOf(Asset asset) {
    try {
      AssetConfiguration configuration = asset.getAssetConfiguration();
      // Kura's own asset has no configuration before its first update.
      return configuration == null
          ? List.of()
          : List.copyOf(configuration.getAssetChannels().values());
    } catch (RuntimeException failed) {
      // Part of the scheduled task's border, as above.
      return List.of();
    }
  }
}
