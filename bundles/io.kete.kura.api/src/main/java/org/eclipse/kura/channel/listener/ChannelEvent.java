// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.channel.listener;

import java.util.Objects;
import org.eclipse.kura.annotation.NotThreadSafe;
import org.eclipse.kura.channel.ChannelRecord;
import org.osgi.annotation.versioning.ProviderType;

/** A record that arrived by itself. */
@NotThreadSafe
@ProviderType
public class ChannelEvent {
  private final ChannelRecord channelRecord;

  /** Wraps the record. */
  public ChannelEvent(ChannelRecord channelRecord) {
    this.channelRecord = Objects.requireNonNull(channelRecord, "channelRecord");
  }

  /** The record, with value, status and timestamp. */
  public ChannelRecord getChannelRecord() {
    return channelRecord;
  }

  @Override
  public String toString() {
    return "ChannelEvent [record=" + channelRecord + "]";
  }
}
