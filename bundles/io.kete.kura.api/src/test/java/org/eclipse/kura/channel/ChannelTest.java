// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.HashMap;
import java.util.Map;
import org.eclipse.kura.asset.AssetConfiguration;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.Test;

class ChannelTest {
  private final Channel channel = temperature(Map.of("address", 7));

  @Test
  void newChannelIsEnabledAndHasNoUnit() {
    assertThat(channel.isEnabled()).isTrue();
    assertThat(channel.getUnit()).isEmpty();
    assertThat(channel.getName()).isEqualTo("temperature");
    assertThat(channel.getType()).isEqualTo(ChannelType.READ_WRITE);
    assertThat(channel.getValueType()).isEqualTo(DataType.DOUBLE);
    assertThat(channel.getScaleOffsetType()).isEqualTo(ScaleOffsetType.DOUBLE);
    assertThat(channel.getValueScaleAsNumber()).isEqualTo(0.1);
    assertThat(channel.getValueOffsetAsNumber()).isEqualTo(-40L);
  }

  @Test
  @SuppressWarnings("deprecation")
  void shortConstructorMeansNoScaling() {
    Channel plain = new Channel("a", ChannelType.READ, DataType.LONG, Map.of());
    assertThat(plain.getScaleOffsetType()).isEqualTo(ScaleOffsetType.DEFINED_BY_VALUE_TYPE);
    assertThat(plain.getValueScale()).isEqualTo(1.0);
    assertThat(plain.getValueOffset()).isEqualTo(0.0);
  }

  @Test
  void settersChangeWhatGettersTell() {
    channel.setName("pressure");
    channel.setType(ChannelType.READ);
    channel.setValueType(DataType.FLOAT);
    channel.setScaleOffsetType(ScaleOffsetType.LONG);
    channel.setScale(Long.valueOf(2));
    channel.setOffset(3.5);
    channel.setUnit("bar");
    channel.setEnabled(false);
    Channel expected =
        new Channel(
            "pressure", ChannelType.READ, DataType.FLOAT, ScaleOffsetType.LONG, 2L, 3.5, Map.of());
    assertThat(channel).isNotEqualTo(expected);
    expected.setUnit("bar");
    expected.setEnabled(false);
    assertThat(channel).isEqualTo(expected).hasSameHashCodeAs(expected);
  }

  @Test
  void driverKeysTakeNoPartInEquality() {
    assertThat(channel).isEqualTo(temperature(Map.of()));
  }

  @Test
  void configurationIsReadOnly() {
    org.assertj.core.api.Assertions.assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> channel.getConfiguration().put("a", "b"));
  }

  @Test
  void readRecordWaitsForItsValue() {
    channel.setUnit("°C");
    ChannelRecord record = channel.createReadRecord();
    assertThat(record.getChannelName()).isEqualTo("temperature");
    assertThat(record.getValueType()).isEqualTo(DataType.DOUBLE);
    assertThat(record.getUnit()).isEqualTo("°C");
    assertThat(record.getChannelConfig()).containsExactly(Map.entry("address", 7));
    assertThat(record.getValue()).isNull();
    assertThat(record.getChannelStatus()).isNull();
    assertThat(record.getTimestamp()).isZero();
  }

  @Test
  void filledRecordsAreEqualByContent() {
    assertThat(filled(1)).isEqualTo(filled(1)).hasSameHashCodeAs(filled(1)).isNotEqualTo(filled(2));
    ChannelRecord failed = filled(1);
    failed.setChannelStatus(new ChannelStatus(ChannelFlag.FAILURE, "gone", null));
    assertThat(failed).isNotEqualTo(filled(1));
  }

  @Test
  void recordsDoNotShowTheirValueInText() {
    assertThat(filled(1).toString()).contains("temperature").doesNotContain("21.5");
  }

  @Test
  void recordKeepsACopyOfTheDriverKeys() {
    Map<String, Object> keys = new HashMap<>(Map.of("a", 1));
    ChannelRecord record = ChannelRecord.createReadRecord("x", DataType.LONG);
    assertThat(record.getChannelConfig()).isNull();
    record.setChannelConfig(keys);
    keys.clear();
    assertThat(record.getChannelConfig()).containsKey("a");
    assertThat(record.getUnit()).isEmpty();
  }

  @Test
  void writeRecordNeedsAValueOfTheChannelsType() {
    ChannelRecord record = channel.createWriteRecord(TypedValues.newDoubleValue(2));
    assertThat(record.getValue()).isEqualTo(TypedValues.newDoubleValue(2));
    assertThat(record.getUnit()).isNull();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> channel.createWriteRecord(TypedValues.newLongValue(2)));
  }

  @Test
  void statusRecordHasNeitherTypeNorValue() {
    ChannelStatus status = new ChannelStatus(ChannelFlag.SUCCESS);
    ChannelRecord record = ChannelRecord.createStatusRecord("x", status);
    assertThat(record.getValueType()).isNull();
    assertThat(record.getValue()).isNull();
    assertThat(record.getChannelStatus())
        .isEqualTo(new ChannelStatus(ChannelFlag.SUCCESS, null, null));
  }

  @Test
  @SuppressWarnings("NullAway")
  void nothingIsMadeWithoutNameOrValue() {
    assertThatNullPointerException()
        .isThrownBy(() -> ChannelRecord.createReadRecord(null, DataType.LONG));
    assertThatNullPointerException().isThrownBy(() -> ChannelRecord.createWriteRecord("x", null));
    assertThatNullPointerException().isThrownBy(() -> filled(1).setValue(null));
    assertThatNullPointerException().isThrownBy(() -> new ChannelStatus(null));
  }

  @Test
  void namesAreFoundInAnyCase() {
    assertThat(ChannelType.getChannelType("read_write")).isEqualTo(ChannelType.READ_WRITE);
    assertThat(ScaleOffsetType.getScaleOffsetType("Long")).isEqualTo(ScaleOffsetType.LONG);
    assertThatIllegalArgumentException().isThrownBy(() -> ChannelType.getChannelType("both"));
    assertThatIllegalArgumentException().isThrownBy(() -> ScaleOffsetType.getScaleOffsetType(""));
  }

  @Test
  void assetConfigurationKeepsChannelsByName() {
    AssetConfiguration asset =
        new AssetConfiguration("pump", "driver-1", Map.of(channel.getName(), channel));
    asset.setAssetDescription("pump 1");
    assertThat(asset.getAssetDescription()).isEqualTo("pump 1");
    assertThat(asset.getDriverPid()).isEqualTo("driver-1");
    assertThat(asset.getAssetChannels()).containsExactly(Map.entry("temperature", channel));
  }

  private static Channel temperature(Map<String, Object> keys) {
    return new Channel(
        "temperature",
        ChannelType.READ_WRITE,
        DataType.DOUBLE,
        ScaleOffsetType.DOUBLE,
        0.1,
        -40L,
        keys);
  }

  private ChannelRecord filled(long timestamp) {
    ChannelRecord record = channel.createReadRecord();
    record.setValue(TypedValues.newDoubleValue(21.5));
    record.setTimestamp(timestamp);
    record.setChannelStatus(new ChannelStatus(ChannelFlag.SUCCESS));
    return record;
  }
}
