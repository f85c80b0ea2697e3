// SPDX-License-Identifier: EPL-2.0
package io.kete.container.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.channel.ChannelFlag;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.ChannelStatus;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WireAssetTest {

  private final Map<String, Object> properties = new HashMap<>();
  private final FakeDriver device = new FakeDriver();
  private Optional<FakeDriver> present = Optional.of(device);

  @BeforeEach
  void configure() {
    properties.put("kura.service.pid", "pump-1");
    properties.put("driver.pid", "plc");
    properties.put("asset.desc", "The pump");
    properties.put("emit.all.channels", false);
    channel("flow", "READ", "DOUBLE", "+unit", "m3/h", "address", 42);
    channel("valve", "READ_WRITE", "INTEGER", "address", 7);
    channel("stop", "WRITE", "BOOLEAN");
  }

  @Test
  void readsEveryReadableChannelInTheOrderOfNames() {
    List<ChannelRecord> records = asset().readAllChannels();
    assertThat(records).extracting(ChannelRecord::getChannelName).containsExactly("flow", "valve");
    assertThat(records.get(0).getValue()).isEqualTo(TypedValues.newDoubleValue(42));
    assertThat(records.get(0).getUnit()).isEqualTo("m3/h");
    assertThat(records.get(0).getTimestamp()).isEqualTo(1234);
    assertThat(records.get(1).getValue()).isEqualTo(TypedValues.newIntegerValue(7));
  }

  @Test
  void preparesTheReadOncePerDriver() {
    WireAsset asset = asset();
    asset.readAllChannels();
    List<ChannelRecord> first = asset.readAllChannels();
    List<ChannelRecord> second = asset.readAllChannels();
    assertThat(device.prepared).isEqualTo(1);
    assertThat(second.get(0)).isNotSameAs(first.get(0));
    FakeDriver other = new FakeDriver();
    present = Optional.of(other);
    asset.readAllChannels();
    assertThat(device.closed).isEqualTo(1);
    assertThat(other.prepared).isEqualTo(1);
    asset.stop();
    assertThat(other.closed).isEqualTo(1);
  }

  @Test
  void readsThroughADriverThatCannotPrepare() {
    device.prepares = false;
    assertThat(asset().readAllChannels()).allMatch(WireAssetTest::succeeded);
  }

  @Test
  void failsEveryChannelWhileTheDriverIsNotThere() {
    present = Optional.empty();
    WireAsset asset = asset();
    assertThat(asset.readAllChannels())
        .hasSize(2)
        .extracting(WireAssetTest::reason)
        .containsOnly("driver plc is not there");
    assertThat(asset.read(Set.of("flow")))
        .extracting(WireAssetTest::reason)
        .containsExactly("driver plc is not there");
    present = Optional.of(device);
    assertThat(asset.readAllChannels()).allMatch(WireAssetTest::succeeded);
    present = Optional.empty();
    assertThat(asset.readAllChannels()).noneMatch(WireAssetTest::succeeded);
    assertThat(device.closed).isEqualTo(1);
  }

  @Test
  void failsEveryChannelWhileTheDeviceIsAway() {
    device.reachable = false;
    List<ChannelRecord> records = asset().readAllChannels();
    assertThat(records).extracting(WireAssetTest::reason).containsOnly("the device is away");
    assertThat(records.get(0).getValue()).isNull();
    assertThat(records.get(0).getValueType()).isEqualTo(DataType.DOUBLE);
  }

  @Test
  void passesOnTheReasonOfASingleChannel() {
    channel("bad", "READ", "INTEGER");
    List<ChannelRecord> records = asset().readAllChannels();
    assertThat(reason(records.get(0))).isEqualTo("no address");
    assertThat(succeeded(records.get(1))).isTrue();
  }

  @Test
  void scalesInDoubleAndCutsToTheValueType() {
    channel(
        "valve",
        "READ",
        "INTEGER",
        "address",
        7,
        "+scale",
        "0.5",
        "+offset",
        "10",
        "+scaleoffset.type",
        "DOUBLE");
    List<ChannelRecord> records = asset().readAllChannels();
    assertThat(records.get(1).getValue()).isEqualTo(TypedValues.newIntegerValue(13));
    assertThat(device.asked.get(1).getValueType()).isEqualTo(DataType.DOUBLE);
    assertThat(Objects.requireNonNull(device.asked.get(1).getChannelConfig()).get("+value.type"))
        .isEqualTo("DOUBLE");
  }

  @Test
  void failsAScaledValueThatDoesNotFit() {
    channel("valve", "READ", "INTEGER", "address", 2_000_000_000, "+scale", 2);
    assertThat(reason(asset().readAllChannels().get(1)))
        .isEqualTo("the scaled value does not fit into INTEGER");
  }

  @Test
  void refusesAWrongChannelByItsKeyAndReadsTheOthers() {
    channel("wrong", "READ", "NUMBER");
    WireAsset asset = asset();
    List<ChannelRecord> records = asset.readAllChannels();
    assertThat(records).hasSize(3);
    assertThat(records.get(2).getChannelName()).isEqualTo("wrong");
    assertThat(reason(records.get(2))).startsWith("wrong#+value.type must be one of [");
    assertThat(asset.getAssetConfiguration().getAssetChannels()).doesNotContainKey("wrong");
    assertThat(reason(asset.read(Set.of("wrong")).get(0))).startsWith("wrong#+value.type");
  }

  @Test
  void readsNamedChannelsAndSaysWhyTheOthersCannotBeRead() {
    channel("off", "READ", "DOUBLE", "+enabled", false, "address", 1);
    Set<String> names = new LinkedHashSet<>(List.of("valve", "nothing", "stop", "off"));
    List<ChannelRecord> records = asset().read(names);
    assertThat(records)
        .extracting(record -> record.getChannelName() + ": " + reason(record))
        .containsExactly(
            "nothing: Channel not available",
            "stop: channel is WRITE only",
            "off: channel is not enabled",
            "valve: null");
  }

  @Test
  void leavesDisabledChannelsOut() {
    channel("flow", "READ", "DOUBLE", "+enabled", "false");
    assertThat(asset().readAllChannels())
        .extracting(ChannelRecord::getChannelName)
        .containsExactly("valve");
  }

  @Test
  void writesAndReportsInTheCallersRecords() {
    ChannelRecord valve = write("valve", 55);
    ChannelRecord flow = write("flow", 1);
    ChannelRecord wrongType =
        ChannelRecord.createWriteRecord("valve", TypedValues.newStringValue("x"));
    asset().write(List.of(valve, flow, wrongType));
    assertThat(succeeded(valve)).isTrue();
    assertThat(device.written).containsOnlyKeys("valve");
    assertThat(reason(flow)).isEqualTo("channel is READ only");
    assertThat(reason(wrongType)).isEqualTo("channel valve carries INTEGER, not STRING");
  }

  @Test
  void failsToWriteWhileTheDeviceIsAway() {
    device.reachable = false;
    ChannelRecord away = write("valve", 55);
    WireAsset asset = asset();
    asset.write(List.of(away));
    assertThat(reason(away)).isEqualTo("the device is away");
    present = Optional.empty();
    ChannelRecord absent = write("valve", 55);
    asset.write(List.of(absent));
    assertThat(reason(absent)).isEqualTo("driver plc is not there");
  }

  @Test
  void refusesListeners() {
    assertThatThrownBy(() -> asset().registerChannelListener("flow", event -> {}))
        .isInstanceOfSatisfying(
            KuraException.class,
            e -> assertThat(e.getCode()).isEqualTo(KuraErrorCode.OPERATION_NOT_SUPPORTED));
  }

  private WireAsset asset() {
    return new WireAsset(
        AssetSettings.of(properties), () -> present.map(driver -> driver), () -> {});
  }

  private void channel(String name, String type, String valueType, Object... keys) {
    properties.put(name + "#+name", name);
    properties.put(name + "#+type", type);
    properties.put(name + "#+value.type", valueType);
    for (int i = 0; i < keys.length; i += 2) {
      properties.put(name + "#" + keys[i], keys[i + 1]);
    }
  }

  private static ChannelRecord write(String channel, int value) {
    return ChannelRecord.createWriteRecord(channel, TypedValues.newIntegerValue(value));
  }

  private static ChannelStatus status(ChannelRecord record) {
    return Objects.requireNonNull(record.getChannelStatus());
  }

  private static boolean succeeded(ChannelRecord record) {
    return status(record).getChannelFlag() == ChannelFlag.SUCCESS;
  }

  private static String reason(ChannelRecord record) {
    return String.valueOf(status(record).getExceptionMessage());
  }
}
