// SPDX-License-Identifier: EPL-2.0
package io.kete.data.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataDirectoryTest {

  @Test
  void isTheOneThatIsNamedWhateverTheHostHas() {
    Map<String, String> all =
        Map.of("kete.data", "/var/kete", "kura.data", "/kura/data", "kura.home", "/kura");
    assertThat(DataDirectory.of(all::get)).contains(Path.of("/var/kete"));
  }

  @Test
  void isInKurasDataDirectoryOtherwise() {
    Map<String, String> kura = Map.of("kura.data", "/srv/kura", "kura.home", "/opt/kura");
    assertThat(DataDirectory.of(kura::get)).contains(Path.of("/srv/kura/kete"));
    assertThat(DataDirectory.of(Map.of("kura.home", "/opt/kura")::get))
        .contains(Path.of("/opt/kura/data/kete"));
  }

  @Test
  void isNowhereWhenNothingSaysWhere() {
    assertThat(DataDirectory.of(Map.of("kete.data", " ")::get)).isEmpty();
  }
}
