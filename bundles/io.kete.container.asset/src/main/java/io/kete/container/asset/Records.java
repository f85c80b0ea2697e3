// SPDX-License-Identifier: EPL-2.0
package io.kete.container.asset;

import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.channel.ChannelFlag;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.ChannelStatus;
import org.eclipse.kura.type.TypedValue;

/** Records that callers get. */
final class Records {

  private static final String NO_OUTCOME = "the driver gave neither value nor reason";

  private Records() {}

  /** A record of its own with the scaled value; the driver may fill its record again meanwhile. */
  static ChannelRecord finish(ChannelRecord read, Channel channel) {
    ChannelRecord record =
        ChannelRecord.createReadRecord(
            channel.getName(), channel.getValueType(), channel.getUnit());
    record.setTimestamp(read.getTimestamp());
    ChannelStatus status = read.getChannelStatus();
    TypedValue<?> value = read.getValue();
    if (status != null && status.getChannelFlag() == ChannelFlag.FAILURE) {
      record.setChannelStatus(status);
    } else if (status == null || value == null) {
      fail(record, NO_OUTCOME);
    } else {
      try {
        record.setValue(Scaling.apply(value, channel));
        record.setChannelStatus(status);
      } catch (ArithmeticException e) {
        fail(record, String.valueOf(e.getMessage()));
      }
    }
    return record;
  }

  /** A record without a value. */
  static ChannelRecord failed(Channel channel, String reason) {
    ChannelRecord record =
        ChannelRecord.createReadRecord(
            channel.getName(), channel.getValueType(), channel.getUnit());
    fail(record, reason);
    return record;
  }

  /** A record for a channel that cannot be used. */
  static ChannelRecord failed(String name, String reason) {
    ChannelRecord record =
        ChannelRecord.createStatusRecord(
            name, new ChannelStatus(ChannelFlag.FAILURE, reason, null));
    record.setTimestamp(System.currentTimeMillis());
    return record;
  }

  static void fail(ChannelRecord record, String reason) {
    record.setChannelStatus(new ChannelStatus(ChannelFlag.FAILURE, reason, null));
    record.setTimestamp(System.currentTimeMillis());
  }

  static void copyOutcome(ChannelRecord from, ChannelRecord to) {
    ChannelStatus status = from.getChannelStatus();
    if (status == null) {
      fail(to, NO_OUTCOME);
    } else {
      to.setChannelStatus(status);
      to.setTimestamp(from.getTimestamp());
    }
  }
}
