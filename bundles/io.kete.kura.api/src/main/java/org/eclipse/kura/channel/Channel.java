// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.channel;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import org.eclipse.kura.annotation.NotThreadSafe;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One channel of an asset: what it is called, what it carries, how the raw number becomes the value
 * (times scale, plus offset) and the driver's own keys. The driver's keys take no part in equality.
 */
@NotThreadSafe
@ProviderType
public class Channel {
  private final Map<String, Object> configuration;
  private String name;
  private ChannelType type;
  private DataType valueType;
  private ScaleOffsetType scaleOffsetType;
  private Number valueScale;
  private Number valueOffset;
  private String unit = "";
  private boolean enabled = true;

  /** A channel with scale 1, offset 0; the longer constructor is preferred. */
  @Deprecated
  @SuppressWarnings("InlineMeSuggester")
  public Channel(String name, ChannelType type, DataType valueType, Map<String, Object> config) {
    this(name, type, valueType, ScaleOffsetType.DEFINED_BY_VALUE_TYPE, 1.0d, 0.0d, config);
  }

  /** An enabled channel without a unit. The configuration map is kept as a view, not copied. */
  public Channel(
      String name,
      ChannelType type,
      DataType valueType,
      ScaleOffsetType scaleOffsetType,
      Number valueScale,
      Number valueOffset,
      Map<String, Object> config) {
    this.name = Objects.requireNonNull(name, "name");
    this.type = Objects.requireNonNull(type, "type");
    this.valueType = Objects.requireNonNull(valueType, "valueType");
    this.scaleOffsetType = Objects.requireNonNull(scaleOffsetType, "scaleOffsetType");
    this.valueScale = Objects.requireNonNull(valueScale, "valueScale");
    this.valueOffset = Objects.requireNonNull(valueOffset, "valueOffset");
    this.configuration = Collections.unmodifiableMap(config);
  }

  /** The driver's keys, read-only. */
  public Map<String, Object> getConfiguration() {
    return configuration;
  }

  /** The name, unique in the asset. */
  public String getName() {
    return name;
  }

  /** Read, write or both. */
  public ChannelType getType() {
    return type;
  }

  /** What the channel carries. */
  public DataType getValueType() {
    return valueType;
  }

  /** In which arithmetic scale and offset are applied. */
  public ScaleOffsetType getScaleOffsetType() {
    return scaleOffsetType;
  }

  /** Whether the asset works this channel. */
  public boolean isEnabled() {
    return enabled;
  }

  /** The factor as a double; the Number is exact. */
  @Deprecated
  @SuppressWarnings("InlineMeSuggester")
  public double getValueScale() {
    return valueScale.doubleValue();
  }

  /** The factor. */
  public Number getValueScaleAsNumber() {
    return valueScale;
  }

  /** The summand as a double; the Number is exact. */
  @Deprecated
  @SuppressWarnings("InlineMeSuggester")
  public double getValueOffset() {
    return valueOffset.doubleValue();
  }

  /** The summand. */
  public Number getValueOffsetAsNumber() {
    return valueOffset;
  }

  /** The unit; empty when none. */
  public String getUnit() {
    return unit;
  }

  /** Sets the name. */
  public void setName(String name) {
    this.name = Objects.requireNonNull(name, "name");
  }

  /** Sets what may be done. */
  public void setType(ChannelType type) {
    this.type = Objects.requireNonNull(type, "type");
  }

  /** Sets what is carried. */
  public void setValueType(DataType valueType) {
    this.valueType = Objects.requireNonNull(valueType, "valueType");
  }

  /** Sets the arithmetic. */
  public void setScaleOffsetType(ScaleOffsetType scaleOffsetType) {
    this.scaleOffsetType = scaleOffsetType;
  }

  /** Switches the channel on or off. */
  public void setEnabled(boolean isEnabled) {
    this.enabled = isEnabled;
  }

  /** Sets the factor. An unboxed long or int arrives here and becomes a double. */
  public void setScale(double scale) {
    this.valueScale = scale;
  }

  /** Sets the factor as it is. */
  public void setScale(Number scale) {
    this.valueScale = scale;
  }

  /** Sets the summand. An unboxed long or int arrives here and becomes a double. */
  public void setOffset(double offset) {
    this.valueOffset = offset;
  }

  /** Sets the summand as it is. */
  public void setOffset(Number offset) {
    this.valueOffset = offset;
  }

  /** Sets the unit. */
  public void setUnit(String unit) {
    this.unit = unit;
  }

  /** A record for reading this channel, with a copy of the driver's keys. */
  public ChannelRecord createReadRecord() {
    ChannelRecord created = ChannelRecord.createReadRecord(name, valueType, unit);
    created.setChannelConfig(configuration);
    return created;
  }

  /**
   * A record for writing this channel, with a copy of the driver's keys.
   *
   * @throws IllegalArgumentException when the value has another type than the channel
   */
  public ChannelRecord createWriteRecord(TypedValue<?> value) {
    Objects.requireNonNull(value, "value");
    if (value.getType() != valueType) {
      throw new IllegalArgumentException(
          "channel " + name + " carries " + valueType + ", not " + value.getType());
    }
    ChannelRecord created = ChannelRecord.createWriteRecord(name, value);
    created.setChannelConfig(configuration);
    return created;
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof Channel that
        && enabled == that.enabled
        && name.equals(that.name)
        && type == that.type
        && valueType == that.valueType
        && scaleOffsetType == that.scaleOffsetType
        && Objects.equals(valueScale, that.valueScale)
        && Objects.equals(valueOffset, that.valueOffset)
        && Objects.equals(unit, that.unit);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        enabled, name, type, valueType, scaleOffsetType, valueScale, valueOffset, unit);
  }

  @Override
  public String toString() {
    return "Channel [name="
        + name
        + ", type="
        + type
        + ", valueType="
        + valueType
        + ", scale="
        + valueScale
        + ", offset="
        + valueOffset
        + ", unit="
        + unit
        + ", enabled="
        + enabled
        + "]";
  }
}
