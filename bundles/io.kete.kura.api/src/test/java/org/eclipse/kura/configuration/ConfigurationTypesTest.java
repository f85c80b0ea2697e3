// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Map;
import org.eclipse.kura.configuration.metatype.Scalar;
import org.eclipse.kura.security.keystore.KeystoreChangedEvent;
import org.junit.jupiter.api.Test;

class ConfigurationTypesTest {
  @Test
  void scalarsHaveTheNamesOfMetatypeFiles() {
    assertThat(Scalar.values())
        .extracting(Scalar::value)
        .containsExactly(
            "String",
            "Long",
            "Double",
            "Float",
            "Integer",
            "Byte",
            "Char",
            "Boolean",
            "Short",
            "Password");
    assertThat(Scalar.values())
        .allSatisfy(s -> assertThat(Scalar.fromValue(s.value())).isEqualTo(s));
    assertThat(Scalar.fromValue("CHARACTER")).isEqualTo(Scalar.CHAR);
    assertThatIllegalArgumentException().isThrownBy(() -> Scalar.fromValue("string"));
  }

  @Test
  void passwordSharesItsCharactersSoThatTheyCanBeErased() {
    char[] secret = "s3".toCharArray();
    Password password = new Password(secret);
    Arrays.fill(password.getPassword(), ' ');
    assertThat(secret).containsOnly(' ');
    assertThat(new Password("abc")).hasToString("abc");
    assertThat(new Password((String) null).getPassword()).isEmpty();
  }

  @Test
  void eventsUseKurasTopics() {
    assertThat(ConfigurationService.KURA_SERVICE_PID).isEqualTo("kura.service.pid");
    assertThat(new KuraConfigReadyEvent(Map.of()).getTopic())
        .isEqualTo("org/eclipse/kura/configuration/ConfigEvent/READY");
    assertThat(new KuraNetConfigReadyEvent(Map.of()).getTopic())
        .isEqualTo("org/eclipse/kura/configuration/NetConfigEvent/READY");
    KeystoreChangedEvent changed = new KeystoreChangedEvent("store-1");
    assertThat(changed.getTopic())
        .isEqualTo("org/eclipse/kura/security/keystore/KeystoreChangedEvent/KEYSTORE_CHANGED");
    assertThat(changed.getProperty("sender.pid")).isEqualTo("store-1");
    assertThat(changed.getSenderPid()).isEqualTo("store-1");
  }
}
