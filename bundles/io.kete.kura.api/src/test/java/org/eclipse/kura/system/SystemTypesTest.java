// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.eclipse.kura.data.DataTransportToken;
import org.junit.jupiter.api.Test;

class SystemTypesTest {
  @Test
  void settingsHaveKurasNames() {
    assertThat(SystemService.KURA_PROPS_FILE).isEqualTo("kura.properties");
    assertThat(SystemService.KURA_CUSTOM_PROPS_FILE).isEqualTo("kura_custom.properties");
    assertThat(SystemService.KEY_KURA_SNAPSHOTS_DIR).isEqualTo("kura.snapshots");
    assertThat(SystemService.KEY_SERIAL_NUM).isEqualTo("kura.serialNumber");
    assertThat(SystemService.CONFIG_CONSOLE_DEVICE_MANAGE_SERVICE_IGNORE)
        .isEqualTo("console.device.management.service.ignore");
    assertThat(SystemService.UNKNOWN).isEqualTo("UNKNOWN");
  }

  @Test
  void softwareHasAKind() {
    assertThat(new SystemResourceInfo("x").getType()).isEqualTo(SystemResourceType.UNKNOWN);
    assertThat(new SystemResourceInfo("x").getVersion()).isEqualTo("Unknown");
    SystemResourceInfo deb = new SystemResourceInfo("libc6", "2.36", "DEB");
    assertThat(deb.getName()).isEqualTo("libc6");
    assertThat(deb.getType()).isEqualTo(SystemResourceType.DEB);
    assertThat(deb.getTypeString()).isEqualTo("DEB");
    assertThatIllegalArgumentException().isThrownBy(() -> new SystemResourceInfo("x", "1", "TAR"));
  }

  @Test
  void extendedPropertiesNeedNames() {
    ExtendedPropertyGroup group = new ExtendedPropertyGroup("models", Map.of("digest", "ab"));
    ExtendedProperties properties = new ExtendedProperties("1.0", List.of(group));
    assertThat(properties.getVersion()).isEqualTo("1.0");
    assertThat(properties.getPropertyGroups()).containsExactly(group);
    assertThat(group.getProperties()).isEqualTo(Map.of("digest", "ab"));
    assertThatIllegalArgumentException().isThrownBy(() -> new ExtendedProperties(" ", List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> new ExtendedPropertyGroup("", Map.of()));
  }

  @Test
  void tokensAreEqualByNumberAndSession() {
    assertThat(new DataTransportToken(1, "s"))
        .isEqualTo(new DataTransportToken(1, "s"))
        .hasSameHashCodeAs(new DataTransportToken(1, "s"))
        .isNotEqualTo(new DataTransportToken(1, "t"))
        .isNotEqualTo(new DataTransportToken(2, "s"));
  }
}
