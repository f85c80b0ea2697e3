// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.eclipse.kura.core.configuration.metatype.Tad;
import org.junit.jupiter.api.Test;

class ModbusDriverTest {

  @Test
  void namesTheKeyOfAWrongConfiguration() {
    refused("pump: host must not be empty", " ", 502, 1, 100);
    refused("pump: port must be between 1 and 65535, not 0", "h", 0, 1, 100);
    refused("pump: unit.id must be between 0 and 255, not 256", "h", 502, 256, 100);
    refused("pump: backoff.max must be between 100 and 3600000, not 99", "h", 502, 1, 99);
  }

  @Test
  void describesChannelsInTheClassThatKurasAssetsCastTo() {
    ModbusSettings settings = new ModbusSettings("pump", "h", 502, 1, 100, 100, 0, 1, 1, 100, 1000);
    Backoff backoff = new Backoff(100, 1000, () -> 0L, () -> 0.5);
    assertThat(new ModbusDriver(settings, backoff).getChannelDescriptor().getDescriptor())
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .isNotEmpty()
        .hasOnlyElementsOfType(Tad.class);
  }

  @Test
  void isDescribedUnderItsFactoryPid() {
    assertThat(
            Objects.requireNonNull(
                getClass()
                    .getResource("/OSGI-INF/metatype/io.kete.driver.modbus.ModbusDriver.xml")))
        .asString()
        .endsWith(ModbusDriver.PID + ".xml");
  }

  private static void refused(String message, String host, int port, int unit, int backoffMax) {
    assertThatThrownBy(
            () -> new ModbusSettings("pump", host, port, unit, 100, 100, 0, 1, 1, 100, backoffMax))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
