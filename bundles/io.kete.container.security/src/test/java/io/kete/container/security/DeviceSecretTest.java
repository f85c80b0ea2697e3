// SPDX-License-Identifier: EPL-2.0
package io.kete.container.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceSecretTest {

  private Path file;

  @BeforeEach
  void prepare(@TempDir Path folder) {
    file = folder.resolve("security/device.secret");
  }

  private void put(String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void isMadeOnceForTheOwnerOnly() throws IOException {
    byte[] secret = DeviceSecret.of(file);

    assertThat(secret).hasSize(32);
    assertThat(DeviceSecret.of(file)).isEqualTo(secret);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Files.delete(file);
    assertThat(DeviceSecret.of(file)).isNotEqualTo(secret);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"changeit", "ChangeIt", "rv;ipse329183!@#", "AAAAAAAA", "", "0123456789abcdef"})
  void aKnownDefaultIsRefusedInEveryForm(String known) throws IOException {
    put(known);
    assertThatThrownBy(() -> DeviceSecret.of(file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is refused");

    byte[] padded =
        java.util.Arrays.copyOf(known.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1), 32);
    put(Base64.getEncoder().encodeToString(padded));
    assertThatThrownBy(() -> DeviceSecret.of(file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("known default");
  }

  @Test
  void aSecretOthersCanReadIsRefused() throws IOException {
    DeviceSecret.of(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    assertThatThrownBy(() -> DeviceSecret.of(file)).hasMessageContaining("others may use it");
  }

  @Test
  void whatIsNoSecretIsRefusedWithoutShowingIt() throws IOException {
    put("bm90IGxvbmcgZW5vdWdo");
    assertThatThrownBy(() -> DeviceSecret.of(file))
        .hasMessageContaining("instead of 32")
        .hasMessageNotContaining("bm90");

    put("x".repeat(5000));
    assertThatThrownBy(() -> DeviceSecret.of(file)).hasMessageContaining("not a secret");
  }
}
