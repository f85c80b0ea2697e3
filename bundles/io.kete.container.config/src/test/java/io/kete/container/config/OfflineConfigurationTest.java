// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OfflineConfigurationTest {
  private static final String METATYPE =
      """
      <MetaData xmlns="http://www.osgi.org/xmlns/metatype/v1.2.0">
        <OCD id="test.Pump" name="Pump">
          <AD id="period" type="Integer" cardinality="0" required="true" default="100" min="1" max="1000"/>
          <AD id="password" type="Password" cardinality="0" required="false"/>
        </OCD>
        <Designate factoryPid="test.Pump"><Object ocdref="test.Pump"/></Designate>
      </MetaData>
      """;

  private static final String DOCUMENT =
      """
      <esf:configurations xmlns:esf="http://eurotech.com/esf/2.0">
        <esf:configuration pid="pump">
          <esf:properties>
            <esf:property name="service.factoryPid" type="String"><esf:value>test.Pump</esf:value></esf:property>
            <esf:property name="period" type="Integer"><esf:value>PERIOD</esf:value></esf:property>
            <esf:property name="password" type="Password"><esf:value>hunter2</esf:value></esf:property>
          </esf:properties>
        </esf:configuration>
      </esf:configurations>
      """;

  @TempDir Path bundles;

  @BeforeEach
  void bundle() throws IOException {
    try (JarOutputStream jar =
        new JarOutputStream(Files.newOutputStream(bundles.resolve("pump.jar")))) {
      jar.putNextEntry(new JarEntry("OSGI-INF/metatype/test.Pump.xml"));
      jar.write(METATYPE.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void hasNoObjectionToWhatAGatewayTakes() throws IOException {
    assertThat(read(DOCUMENT.replace("PERIOD", "20")).objections(bundles)).isEmpty();
  }

  @Test
  void namesFileLineComponentAndKeyAndNoValue() throws IOException {
    assertThat(read(DOCUMENT.replace("PERIOD", "1001")).objections(bundles))
        .containsExactly("s.xml:5: pump: period: must be between 1 and 1000");
    assertThat(read(DOCUMENT.replace("PERIOD", "often")).objections(bundles))
        .containsExactly("s.xml:5: pump: period: the value is not of type Integer");
    assertThat(read(DOCUMENT.replace("\"period\"", "\"perriod\"")).objections(bundles))
        .anySatisfy(text -> assertThat(text).contains("s.xml:5: pump: perriod: "));
    assertThat(read(DOCUMENT.replace("test.Pump", "test.Pimp")).objections(bundles))
        .containsExactly("s.xml:2: pump: no bundle has a component test.Pimp");
    assertThat(read(DOCUMENT.replace("service.factoryPid", "x")).objections(bundles))
        .containsExactly("s.xml:2: pump: no bundle has a component pump");
  }

  @Test
  void tellsWhichPropertiesAreSecretAndShowsNoneOfThem() throws IOException {
    assertThat(read(DOCUMENT).properties())
        .filteredOn(OfflineConfiguration.Property::secret)
        .singleElement()
        .satisfies(
            password -> {
              assertThat(password.texts()).containsExactly("hunter2");
              assertThat(password.line()).isEqualTo(6);
              assertThat(password.factoryPid()).isEqualTo("test.Pump");
              assertThat(password).hasToString("pump/password");
            });
  }

  @Test
  void readsTheNewestSnapshotOfAFolder() throws IOException {
    assertThat(OfflineConfiguration.newest(bundles)).isEmpty();
    Files.writeString(bundles.resolve("snapshot_0.xml"), DOCUMENT.replace("PERIOD", "1"));
    Files.writeString(bundles.resolve("snapshot_12.xml"), DOCUMENT.replace("PERIOD", "12"));
    assertThat(OfflineConfiguration.newest(bundles).orElseThrow().properties())
        .anySatisfy(property -> assertThat(property.texts()).containsExactly("12"));
  }

  @Test
  void refusesWhatIsNoDocument() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> read("<a/>"))
        .withMessageContaining("s.xml:1");
  }

  private static OfflineConfiguration read(String document) throws IOException {
    return OfflineConfiguration.read("s.xml", document.getBytes(StandardCharsets.UTF_8));
  }
}
