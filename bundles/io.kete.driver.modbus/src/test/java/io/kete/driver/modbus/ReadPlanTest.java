// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.type.DataType;
import org.junit.jupiter.api.Test;

class ReadPlanTest {

  @Test
  void readsNeighboursWithOneRequest() {
    assertThat(requests(Channels.holding(12), Channels.holding(10), Channels.holding(11)))
        .isEqualTo(1);
  }

  @Test
  void readsAcrossASmallGapOnly() {
    assertThat(requests(Channels.holding(0), Channels.holding(9))).isEqualTo(1);
    assertThat(requests(Channels.holding(0), Channels.holding(10))).isEqualTo(2);
  }

  @Test
  void keepsToTheLimitOfOneRequest() {
    List<ChannelRecord> records = new ArrayList<>();
    for (int i = 0; i < 251; i++) {
      records.add(Channels.holding(i));
    }
    assertThat(requests(records.toArray(ChannelRecord[]::new))).isEqualTo(3);
  }

  @Test
  void keepsTablesAndUnitsApart() {
    assertThat(
            requests(
                Channels.holding(1),
                Channels.read("i", DataType.INTEGER, "table", "INPUT_REGISTER", "address", 2),
                Channels.read(
                    "u",
                    DataType.INTEGER,
                    "table",
                    "HOLDING_REGISTER",
                    "address",
                    2,
                    "unit.id",
                    7)))
        .isEqualTo(3);
  }

  @Test
  void readsOverlappingChannelsOnce() {
    ChannelRecord wide =
        Channels.read(
            "w", DataType.LONG, "table", "HOLDING_REGISTER", "address", 4, "data.type", "UINT32");
    assertThat(requests(wide, Channels.holding(4), Channels.holding(5))).isEqualTo(1);
  }

  @Test
  void asksNothingForChannelsThatAreWrong() {
    assertThat(requests(Channels.read("x", DataType.INTEGER, "table", "COIL"))).isZero();
  }

  private static int requests(ChannelRecord... records) {
    return new ReadPlan(List.of(records), Channels.settings(502)).size();
  }
}
