// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.channel;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.eclipse.kura.annotation.NotThreadSafe;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One value on its way between asset and driver: the driver fills value, status and timestamp (ms
 * since 1970) of a read record in place. Made by the static methods only. The channel configuration
 * takes no part in equality.
 */
@NotThreadSafe
@ProviderType
public class ChannelRecord {
  private final String name;
  private final @Nullable DataType valueType;
  private @Nullable Map<String, Object> channelConfiguration;
  private @Nullable ChannelStatus channelStatus;
  private @Nullable TypedValue<?> value;
  private @Nullable String unit;
  private long timestamp;

  private ChannelRecord(String name, @Nullable DataType valueType) {
    this.name = Objects.requireNonNull(name, "channelName");
    this.valueType = valueType;
  }

  /** A record to be read, without a unit (the empty one). */
  public static ChannelRecord createReadRecord(String channelName, DataType valueType) {
    return createReadRecord(channelName, valueType, "");
  }

  /** A record to be read. */
  public static ChannelRecord createReadRecord(
      String channelName, DataType valueType, @Nullable String unit) {
    ChannelRecord created =
        new ChannelRecord(channelName, Objects.requireNonNull(valueType, "valueType"));
    created.unit = unit;
    return created;
  }

  /** A record to be written; its type is the value's. */
  public static ChannelRecord createWriteRecord(String channelName, TypedValue<?> value) {
    Objects.requireNonNull(value, "value");
    ChannelRecord created = new ChannelRecord(channelName, value.getType());
    created.value = value;
    return created;
  }

  /** A record that carries an outcome only: it has neither type nor value. */
  public static ChannelRecord createStatusRecord(String channelName, ChannelStatus status) {
    Objects.requireNonNull(status, "status");
    ChannelRecord created = new ChannelRecord(channelName, null);
    created.channelStatus = status;
    return created;
  }

  /** The channel's name in its asset. */
  public String getChannelName() {
    return name;
  }

  /** The expected type; null in a status record. */
  public @Nullable DataType getValueType() {
    return valueType;
  }

  /** The driver's keys of this channel; null until an asset sets them. */
  public @Nullable Map<String, Object> getChannelConfig() {
    return channelConfiguration;
  }

  /** The outcome; null until the operation ran. */
  public @Nullable ChannelStatus getChannelStatus() {
    return channelStatus;
  }

  /** The value; null until it was read, and after a failed read. */
  public @Nullable TypedValue<?> getValue() {
    return value;
  }

  /** The unit; null in write and status records. */
  public @Nullable String getUnit() {
    return unit;
  }

  /** When the value was taken, in ms since 1970; 0 when never. */
  public long getTimestamp() {
    return timestamp;
  }

  /** Copies the driver's keys of this channel. */
  public void setChannelConfig(Map<String, Object> channelConfig) {
    this.channelConfiguration = new HashMap<>(channelConfig);
  }

  /** Sets the outcome. */
  public void setChannelStatus(ChannelStatus status) {
    this.channelStatus = Objects.requireNonNull(status, "status");
  }

  /** Sets the value. */
  public void setValue(TypedValue<?> value) {
    this.value = Objects.requireNonNull(value, "value");
  }

  /** Sets the unit. */
  public void setUnit(@Nullable String unit) {
    this.unit = unit;
  }

  /** Sets when the value was taken, in ms since 1970. */
  public void setTimestamp(long timestamp) {
    this.timestamp = timestamp;
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof ChannelRecord that
        && name.equals(that.name)
        && valueType == that.valueType
        && timestamp == that.timestamp
        && Objects.equals(channelStatus, that.channelStatus)
        && Objects.equals(value, that.value)
        && Objects.equals(unit, that.unit);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, valueType, timestamp, channelStatus, value, unit);
  }

  @Override
  public String toString() {
    return "ChannelRecord [name="
        + name
        + ", valueType="
        + valueType
        + ", status="
        + channelStatus
        + ", timestamp="
        + timestamp
        + ", unit="
        + unit
        + "]";
  }
}
