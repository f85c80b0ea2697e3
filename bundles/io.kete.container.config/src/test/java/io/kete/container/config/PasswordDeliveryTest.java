// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import static io.kete.container.config.Gateway.VALVE;
import static io.kete.container.config.Gateway.eventually;
import static io.kete.container.config.Gateway.property;
import static io.kete.container.config.Gateway.sealed;
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
        () -> assertThat(gateway.delivered("valve-1")).containsEntry("secret", sealed("sesame")));
    Map<String, Object> properties =
        Optional.ofNullable(gateway.service().getComponentConfiguration("valve-1"))
            .map(ComponentConfiguration::getConfigurationProperties)
            .orElseThrow();
    assertThat(properties.get("secret")).isInstanceOf(Password.class).hasToString(sealed("sesame"));
    gateway.service().updateConfiguration("valve-1", properties);
    assertThat(gateway.delivered("valve-1")).containsEntry("secret", sealed("sesame"));
    String newest = Files.readString(gateway.newestSnapshot());
    assertThat(newest).contains(sealed("sesame")).doesNotContain("sesame", "c2VzYW1l");
    String seed = Files.readString(folder.resolve("snapshots/snapshot_0.xml"));
    assertThat(seed).as("the seed too").contains(sealed("sesame")).doesNotContain(">sesame<");
  }

  @Test
  void sealedPasswordsOfASnapshotAreDeliveredAsTheyAreAndCanBeReplaced() throws Exception {
    gateway.install("valve", VALVE, valve());
    gateway.installCryptoProvider();
    gateway.start();
    gateway.registerCrypto();
    eventually(
        () -> assertThat(gateway.delivered("valve-1")).containsEntry("secret", sealed("sesame")));
    gateway.service().snapshot();
    gateway.restart();
    eventually(() -> assertThat(gateway.service().getConfigurableComponentPids()).isNotEmpty());
    assertThat(gateway.delivered("valve-1")).containsEntry("secret", sealed("sesame"));

    gateway.service().updateConfiguration("valve-1", Map.of("secret", new Password("open")));

    assertThat(gateway.delivered("valve-1")).containsEntry("secret", sealed("open"));
    assertThat(Files.readString(gateway.newestSnapshot())).contains(sealed("open"));
  }

  @Test
  void aPasswordSealedOnAnotherDeviceIsNamedAndNotDelivered() throws Exception {
    String foreign = "AAAAAAAAAAAAAAAA-QUJDREVG";
    Gateway.write(
        folder.resolve("snapshots/snapshot_0.xml"),
        valveInstance(
            "valve-1",
            property("secret", "Password", foreign).replace("type=", "encrypted=\"true\" type=")));
    gateway.install("valve", VALVE, valve());
    gateway.installCryptoProvider();
    gateway.registerCrypto();
    gateway.start();

    eventually(
        () ->
            assertThat(gateway.service().status().problems())
                .anyMatch(problem -> problem.contains("valve-1") && problem.contains("set it")));
    assertThat(gateway.delivered("valve-1")).isEmpty();
  }

  @Test
  void passwordsAreHandedOverInClearWhereNoCryptoServiceIsAnnounced() throws Exception {
    gateway.install("valve", VALVE, valve());

    gateway.start();

    eventually(() -> assertThat(gateway.delivered("valve-1")).containsEntry("secret", "sesame"));
    assertThat(gateway.service().getComponentConfigurations().toString()).doesNotContain("sesame");
  }
}
