// SPDX-License-Identifier: EPL-2.0
package io.kete.container.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.channel.ChannelType;
import org.eclipse.kura.type.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssetSettingsTest {

  private final Map<String, Object> properties =
      new HashMap<>(
          Map.of(
              "kura.service.pid",
              "pump-1",
              "driver.pid",
              "plc",
              "flow#+type",
              "READ",
              "flow#+value.type",
              "DOUBLE",
              "flow#table",
              "INPUT_REGISTER"));

  @Test
  void needsADriver() {
    properties.remove("driver.pid");
    assertThatThrownBy(() -> AssetSettings.of(properties))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pump-1: driver.pid must not be empty");
  }

  @Test
  void readsKurasKeys() {
    properties.put("flow#+scale", 0.1);
    properties.put("flow#+offset", "-4");
    properties.put("flow#+unit", "m3/h");
    Channel channel = flow();
    assertThat(channel.getType()).isEqualTo(ChannelType.READ);
    assertThat(channel.getValueType()).isEqualTo(DataType.DOUBLE);
    assertThat(channel.getValueScaleAsNumber()).isEqualTo(0.1);
    assertThat(channel.getValueOffsetAsNumber()).isEqualTo(-4.0);
    assertThat(channel.getUnit()).isEqualTo("m3/h");
    assertThat(channel.getConfiguration()).containsEntry("table", "INPUT_REGISTER");
    assertThat(channel.isEnabled()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "+type            | ''     | flow#+type is missing",
        "+type            | RW     | flow#+type must be one of",
        "+value.type      | int    | flow#+value.type must be one of",
        "+enabled         | maybe  | flow#+enabled must be true or false, not maybe",
        "+scale           | much   | flow#+scale must be a number, not much",
        "+offset          | NaN    | flow#+offset must be a number, not NaN",
        "+scaleoffset.type| BYTE   | flow#+scaleoffset.type must be one of",
      })
  void namesTheKeyThatIsWrong(String key, String value, String message) {
    properties.put("flow#" + key, value);
    AssetSettings settings = AssetSettings.of(properties);
    assertThat(settings.channels()).isEmpty();
    assertThat(settings.refused().get("flow")).startsWith(message);
  }

  @Test
  void refusesAFractionThatWholeArithmeticWouldLose() {
    properties.put("flow#+value.type", "INTEGER");
    properties.put("flow#+scale", "0.1");
    assertThat(AssetSettings.of(properties).refused().get("flow"))
        .isEqualTo(
            "flow#+scale must be a whole number, not 0.1; with +scaleoffset.type = DOUBLE it may"
                + " have a fraction");
    properties.put("flow#+scaleoffset.type", "DOUBLE");
    assertThat(flow().getValueScaleAsNumber()).isEqualTo(0.1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a/b", "a+b", "a,b", ""})
  void refusesNamesThatKuraForbids(String name) {
    properties.put(name + "#+type", "READ");
    AssetSettings settings = AssetSettings.of(properties);
    assertThat(settings.refused()).containsOnlyKeys(name);
    assertThat(settings.channels()).containsOnlyKeys("flow");
  }

  private Channel flow() {
    return Objects.requireNonNull(AssetSettings.of(properties).channels().get("flow"));
  }
}
