// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class UplinkSettingsTest {

  @Test
  void takesValuesInsideTheirRanges() {
    assertThat(UplinkSettings.of(256, 60, 1000))
        .isEqualTo(new UplinkSettings(256, Duration.ofMinutes(1), Duration.ofSeconds(1)));
  }

  @Test
  void namesTheKeyAndTheAllowedRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UplinkSettings.of(0, 60, 1000))
        .withMessage("io.kete.uplink.cloud.CloudUplink: window=0 is not between 1 and 10000");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UplinkSettings.of(1, 4, 1000))
        .withMessageContaining("confirm.timeout=4 is not between 5 and 3600");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UplinkSettings.of(1, 5, 9))
        .withMessageContaining("retry.interval=9 is not between 10 and 60000");
  }
}
