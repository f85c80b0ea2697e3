// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import static io.kete.container.config.Gateway.VALVE;
import static io.kete.container.config.Gateway.eventually;
import static io.kete.container.config.Gateway.property;
import static io.kete.container.config.Gateway.valve;
import static io.kete.container.config.Gateway.valveInstance;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.Password;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In which form components and callers get passwords. */
final class PasswordDeliveryTest {
  @TempDir private Path folder;
  private Gateway gateway;

  @BeforeEach
  void setUp() throws Exception {
    gateway = new Gateway(folder);
    Path snapshots = Files.createDirectories(folder.resolve("snapshots"));
    Gateway.write(
        snapshots.resolve("snapshot_0.xml"),
        valveInstance("valve-1", property("secret", "Password", "sesame")));
  }

  @AfterEach
  void tearDown() throws Exception {
    gateway.close();
  }

  @Test
  void passwordsWaitForTheCryptoServiceThatABundleAnnounces() throws Exception {
    gateway.install("valve", VALVE, valve());
    gateway.installCryptoProvider();
    gateway.start();
    eventually(() -> assertThat(gateway.service().getConfigurableComponentPids()).isNotEmpty());
    assertThat(gateway.delivered("valve-1")).isEmpty();

    gateway.registerCrypto();

    eventually(
        () -> assertThat(gateway.delivered("valve-1")).containsEntry("secret", "AES:emases"));
    Map<String, Object> properties =
        Optional.ofNullable(gateway.service().getComponentConfiguration("valve-1"))
            .map(ComponentConfiguration::getConfigurationProperties)
            .orElseThrow();
    assertThat(properties.get("secret")).isInstanceOf(Password.class).hasToString("AES:emases");
    gateway.service().updateConfiguration("valve-1", properties);
    assertThat(gateway.delivered("valve-1")).containsEntry("secret", "AES:emases");
    String newest = Files.readString(gateway.newestSnapshot());
    assertThat(newest).contains("c2VzYW1l").doesNotContain("sesame");
  }

  @Test
  void passwordsAreHandedOverInClearWhereNoCryptoServiceIsAnnounced() throws Exception {
    gateway.install("valve", VALVE, valve());

    gateway.start();

    eventually(() -> assertThat(gateway.delivered("valve-1")).containsEntry("secret", "sesame"));
    assertThat(gateway.service().getComponentConfigurations().toString()).doesNotContain("sesame");
  }
}
