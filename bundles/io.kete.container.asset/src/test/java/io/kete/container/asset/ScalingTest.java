// SPDX-License-Identifier: EPL-2.0
package io.kete.container.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.channel.ChannelType;
import org.eclipse.kura.channel.ScaleOffsetType;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalingTest {

  @ParameterizedTest
  @CsvSource({
    "INTEGER, DEFINED_BY_VALUE_TYPE, 3,    1, 7,     22",
    "LONG,    DEFINED_BY_VALUE_TYPE, -1,   5, 7,     -2",
    "FLOAT,   DEFINED_BY_VALUE_TYPE, 0.1,  0, 12,    1.2",
    "DOUBLE,  DEFINED_BY_VALUE_TYPE, 0.1,  1, 12.5,  2.25",
    "INTEGER, DOUBLE,                0.1,  0, 127,   12",
    "INTEGER, DOUBLE,                -0.1, 0, 127,   -12",
    "DOUBLE,  LONG,                  2,    1, 9007199254740993, 1.8014398509481988E16",
    "INTEGER, DOUBLE,                1,    0, 7,     7",
  })
  void scales(
      DataType type, ScaleOffsetType how, double scale, double offset, String value, String out) {
    Channel channel = channel(type, how, scale, offset);
    TypedValue<?> read = TypedValues.parseTypedValue(Scaling.asked(channel), value);
    TypedValue<?> scaled = Scaling.apply(read, channel);
    assertThat(scaled.getType()).isEqualTo(type);
    assertThat(scaled.getValue()).hasToString(out);
  }

  @ParameterizedTest
  @CsvSource({
    "INTEGER, DEFINED_BY_VALUE_TYPE, 2,     2000000000",
    "LONG,    DEFINED_BY_VALUE_TYPE, 2,     9223372036854775807",
    "INTEGER, DOUBLE,                1,     3e9",
    "LONG,    DOUBLE,                1e10,  1e10",
    "FLOAT,   DOUBLE,                1e30,  1e30",
    "LONG,    DOUBLE,                1,     NaN",
  })
  void refusesWhatDoesNotFit(DataType type, ScaleOffsetType how, double scale, String value) {
    Channel channel = channel(type, how, scale, 0);
    TypedValue<?> read = TypedValues.parseTypedValue(Scaling.asked(channel), value);
    assertThatThrownBy(() -> Scaling.apply(read, channel))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageStartingWith("the scaled value does not fit into ");
  }

  @ParameterizedTest
  @CsvSource({"STRING, pump", "BOOLEAN, true"})
  void leavesOtherTypesAlone(DataType type, String value) {
    Channel channel = channel(type, ScaleOffsetType.DOUBLE, 2, 1);
    assertThat(Scaling.asked(channel)).isEqualTo(type);
    TypedValue<?> read = TypedValues.parseTypedValue(type, value);
    assertThat(Scaling.apply(read, channel)).isSameAs(read);
  }

  private static Channel channel(DataType type, ScaleOffsetType how, double scale, double offset) {
    return new Channel("c", ChannelType.READ, type, how, scale, offset, Map.of());
  }
}
