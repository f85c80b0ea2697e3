// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.eclipse.kura.channel.ChannelFlag;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.ChannelStatus;
import org.eclipse.kura.core.configuration.metatype.Tad;
import org.eclipse.kura.type.DataType;
import org.junit.jupiter.api.Test;

class SimulatorDriverTest {

  private long clock;
  private final SimulatorDriver driver =
      new SimulatorDriver(SimulatorDriver.model("p", 7, "none", 0), () -> clock);

  @Test
  void readsAllChannelsOfTheSameMoment() {
    ChannelRecord ramp = channel("ramp", DataType.DOUBLE);
    ChannelRecord counter = channel("counter", DataType.LONG);
    clock = 12_500_000_000L;
    driver.read(List.of(ramp, counter));
    assertThat(value(ramp)).isEqualTo(12.5);
    assertThat(value(counter)).isEqualTo(125L);
    assertThat(status(ramp).getChannelFlag()).isEqualTo(ChannelFlag.SUCCESS);
    assertThat(ramp.getTimestamp()).isEqualTo(counter.getTimestamp()).isPositive();
  }

  @Test
  void failsAnUnknownSignalOnly() {
    ChannelRecord wrong = channel("flwo", DataType.DOUBLE);
    ChannelRecord right = channel("flow", DataType.FLOAT);
    driver.read(List.of(wrong, right));
    assertThat(status(wrong).getExceptionMessage()).contains("signal must be one of [flow");
    assertThat(status(right).getChannelFlag()).isEqualTo(ChannelFlag.SUCCESS);
  }

  @Test
  void failsAValueTypeASignalCannotHave() {
    ChannelRecord record = channel("flow", DataType.BOOLEAN);
    driver.read(List.of(record));
    assertThat(status(record).getExceptionMessage())
        .isEqualTo("a signal cannot become the channel's value type BOOLEAN");
  }

  @Test
  void cannotBeWritten() {
    ChannelRecord record = channel("flow", DataType.DOUBLE);
    driver.write(List.of(record));
    assertThat(status(record).getChannelFlag()).isEqualTo(ChannelFlag.FAILURE);
  }

  @Test
  void namesTheKeyOfAWrongConfiguration() {
    assertThatThrownBy(() -> SimulatorDriver.model("p", 1, "fire", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "p: fault must be one of [none, closing.valve, bearing.wear, sensor.dropout], not fire");
    assertThatThrownBy(() -> SimulatorDriver.model("p", 1, "none", -1))
        .hasMessage("p: fault.after must be between 0 and 31536000, not -1");
  }

  @Test
  void describesChannelsInTheClassThatKurasAssetsCastTo() {
    assertThat(driver.getChannelDescriptor().getDescriptor())
        .asInstanceOf(InstanceOfAssertFactories.list(Tad.class))
        .singleElement()
        .satisfies(
            key -> {
              assertThat(key.getId()).isEqualTo("signal");
              assertThat(key.getOption()).hasSameSizeAs(Signal.values());
              assertThat(key.getDefault()).isEqualTo("flow");
            });
  }

  private static ChannelRecord channel(String signal, DataType type) {
    ChannelRecord record = ChannelRecord.createReadRecord(signal, type);
    record.setChannelConfig(Map.of("signal", signal));
    return record;
  }

  private static Object value(ChannelRecord record) {
    return Objects.requireNonNull(record.getValue()).getValue();
  }

  private static ChannelStatus status(ChannelRecord record) {
    return Objects.requireNonNull(record.getChannelStatus());
  }
}
