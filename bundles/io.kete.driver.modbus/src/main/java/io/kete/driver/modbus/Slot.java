// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.modbus;

import org.eclipse.kura.channel.ChannelFlag;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.ChannelStatus;

/** A record together with what its keys mean. */
record Slot(ChannelRecord record, ModbusChannel channel) {

  private static final ChannelStatus SUCCESS = new ChannelStatus(ChannelFlag.SUCCESS);

  static void succeed(ChannelRecord record, long timeMillis) {
    record.setChannelStatus(SUCCESS);
    record.setTimestamp(timeMillis);
  }

  static void fail(ChannelRecord record, String reason, long timeMillis) {
    record.setChannelStatus(new ChannelStatus(ChannelFlag.FAILURE, reason, null));
    record.setTimestamp(timeMillis);
  }
}
