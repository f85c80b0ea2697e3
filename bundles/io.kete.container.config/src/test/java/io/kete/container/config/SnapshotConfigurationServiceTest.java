// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import static io.kete.container.config.Gateway.component;
import static io.kete.container.config.Gateway.eventually;
import static io.kete.container.config.Gateway.property;
import static io.kete.container.config.Gateway.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** On a real framework with a real ConfigurationAdmin. */
final class SnapshotConfigurationServiceTest {
  private static final String PUMP = "io.example.Pump";
  private static final String VALVE = Gateway.VALVE;

  @TempDir private Path folder;
  private Gateway gateway;
  private Path seed;

  @BeforeEach
  void setUp() throws Exception {
    seed = folder.resolve("snapshots/snapshot_0.xml");
    Files.createDirectories(seed.getParent());
    gateway = new Gateway(folder);
  }

  @AfterEach
  void tearDown() throws Exception {
    gateway.close();
  }

  private void seed(String... components) throws IOException {
    write(seed, components);
  }

  private static String pump(String ads) {
    return Gateway.metatype(
        PUMP,
        false,
        """
        <AD id="period" type="Integer" default="100" min="1" max="1000"/>
        <AD id="name" type="String" default="pump"/>
        """
            + ads);
  }

  private static Map<String, Object> properties(@Nullable ComponentConfiguration configuration) {
    return Optional.ofNullable(configuration)
        .map(ComponentConfiguration::getConfigurationProperties)
        .orElseThrow();
  }

  @Test
  void singletonsGetWhatTheSnapshotSaysAndDefaultsForTheRest() throws Exception {
    seed(component(PUMP, property("period", "Integer", "250")));
    gateway.install("pump", PUMP, pump(""));

    gateway.start();

    eventually(
        () ->
            assertThat(gateway.delivered(PUMP))
                .containsEntry("period", 250)
                .containsEntry("name", "pump")
                .containsEntry("kura.service.pid", PUMP));
  }

  @Test
  void singletonsTheSnapshotDoesNotKnowGetTheirDefaults() throws Exception {
    seed();
    gateway.install("pump", PUMP, pump(""));

    gateway.start();

    eventually(() -> assertThat(gateway.delivered(PUMP)).containsEntry("period", 100));
  }

  @Test
  void withoutAnySnapshotTheGatewayStartsWithDefaults() throws Exception {
    gateway.install("pump", PUMP, pump(""));

    gateway.start();

    eventually(() -> assertThat(gateway.delivered(PUMP)).containsEntry("period", 100));
    assertThat(gateway.service().status().problems()).isEmpty();
  }

  @Test
  void instancesOfAFactoryAreMadeOnceTheirBundleIsThere() throws Exception {
    seed(
        Gateway.valveInstance("valve-1", property("port", "Integer", "1502")),
        Gateway.valveInstance("valve-2"));
    gateway.start();
    eventually(() -> assertThat(gateway.service().status().facts()).containsEntry("waiting", 2L));

    gateway.install("valve", VALVE, Gateway.valve()).start();

    eventually(() -> assertThat(gateway.delivered("valve-2")).containsEntry("port", 502));
    assertThat(gateway.delivered("valve-1"))
        .containsEntry("port", 1502)
        .containsEntry("service.factoryPid", VALVE);
    assertThat(gateway.service().getFactoryComponentPids()).containsExactly(VALVE);
  }

  @Test
  void unknownPropertiesAreNamedAndTheRestIsConfigured() throws Exception {
    seed(component(PUMP, property("perod", "Integer", "5"), property("name", "String", "p2")));
    gateway.install("pump", PUMP, pump(""));

    gateway.start();

    eventually(() -> assertThat(gateway.delivered(PUMP)).containsEntry("name", "p2"));
    assertThat(gateway.delivered(PUMP)).doesNotContainKey("perod").containsEntry("period", 100);
    assertThat(gateway.service().status().problems())
        .singleElement()
        .asString()
        .contains("snapshot_0.xml:3")
        .contains("no property perod")
        .contains("[name, period]");
  }

  @Test
  void aWrongValueKeepsItsComponentFromBeingConfiguredAndNothingElse() throws Exception {
    seed(
        component(PUMP, property("period", "Integer", "4711")),
        Gateway.valveInstance("valve-1", property("port", "String", "none-of-your-business")),
        Gateway.valveInstance("valve-2", property("port", "Integer", "77")));
    gateway.install("pump", PUMP, pump(""));
    gateway.install("valve", VALVE, Gateway.valve());

    gateway.start();

    eventually(() -> assertThat(gateway.delivered("valve-2")).containsEntry("port", 77));
    assertThat(gateway.delivered(PUMP)).isEmpty();
    assertThat(gateway.delivered("valve-1")).isEmpty();
    assertThat(gateway.service().status().problems())
        .hasSize(2)
        .anyMatch(text -> text.contains("period must be between 1 and 1000"))
        .anyMatch(text -> text.contains("valve-1") && text.contains("must be of type Integer"))
        .noneMatch(text -> text.contains("4711") || text.contains("business"));
  }

  @Test
  void aRefusedComponentStaysInTheNextSnapshot() throws Exception {
    seed(component(PUMP, property("period", "Integer", "4711")));
    gateway.install("pump", PUMP, pump(""));
    gateway.start();
    eventually(() -> assertThat(gateway.service().status().facts()).containsEntry("refused", 1L));

    long id = gateway.service().snapshot();

    assertThat(gateway.service().getSnapshot(id).get(0).getConfigurationProperties())
        .containsEntry("period", 4711);
  }

  @Test
  void anUnreadableSnapshotGivesWayToTheOneBefore() throws Exception {
    seed(component(PUMP, property("period", "Integer", "7")));
    Files.writeString(seed.resolveSibling("snapshot_5.xml"), "<esf:configurations>\n<oops");
    gateway.install("pump", PUMP, pump(""));

    gateway.start();

    eventually(() -> assertThat(gateway.delivered(PUMP)).containsEntry("period", 7));
    assertThat(gateway.service().status().problems())
        .singleElement()
        .asString()
        .contains("snapshot_5.xml:1:")
        .contains("the snapshot before it is used");
  }

  @Test
  void pidsThatNoBundleDefinesAreReported() throws Exception {
    seed(component("io.example.Nobody"));
    gateway.start();

    eventually(
        () ->
            assertThat(gateway.service().status().problems())
                .singleElement()
                .asString()
                .contains("snapshot_0.xml:2: no bundle defines io.example.Nobody"));
  }

  @Test
  void newKeysOfAnUpdatedBundleGetTheirDefaults() throws Exception {
    seed(component(PUMP, property("period", "Integer", "250")));
    Bundle bundle = gateway.install("pump", PUMP, pump(""));
    bundle.start();
    gateway.start();
    eventually(() -> assertThat(gateway.delivered(PUMP)).containsEntry("period", 250));

    gateway.update(bundle, PUMP, pump("<AD id=\"unit\" type=\"String\" default=\"bar\"/>"));

    eventually(
        () ->
            assertThat(gateway.delivered(PUMP))
                .containsEntry("unit", "bar")
                .containsEntry("period", 250));
  }

  @Test
  void updatesAreCheckedBeforeAnythingChanges() throws Exception {
    seed(Gateway.valveInstance("valve-1"));
    gateway.install("pump", PUMP, pump(""));
    gateway.install("valve", VALVE, Gateway.valve());
    gateway.start();
    eventually(() -> assertThat(gateway.delivered("valve-1")).isNotEmpty());
    List<ComponentConfiguration> half =
        List.of(
            new ComponentView("valve-1", null, Map.of("port", 1000)),
            new ComponentView(PUMP, null, Map.of("period", 0)));

    assertThatThrownBy(() -> gateway.service().updateConfigurations(half))
        .isInstanceOf(KuraException.class)
        .hasMessageContaining("period must be between 1 and 1000");

    assertThat(gateway.delivered("valve-1")).containsEntry("port", 502);
    assertThat(gateway.service().getSnapshots()).containsExactly(0L);
    assertThatThrownBy(() -> gateway.service().updateConfiguration("nobody", Map.of("a", 1)))
        .hasMessageContaining("there is no component nobody");
    assertThatThrownBy(() -> gateway.service().updateConfiguration(VALVE, Map.of("port", 1)))
        .hasMessageContaining("is a factory");
  }

  @Test
  void updatesMergeAndSurviveARestart() throws Exception {
    seed(component(PUMP, property("name", "String", "p2")));
    gateway.install("pump", PUMP, pump(""));
    gateway.start();
    eventually(() -> assertThat(gateway.delivered(PUMP)).isNotEmpty());

    gateway.service().updateConfiguration(PUMP, Map.of("period", 9));
    gateway.restart();

    eventually(
        () -> assertThat(gateway.service().status().facts()).containsEntry("components", 1L));
    assertThat(gateway.delivered(PUMP)).containsEntry("period", 9).containsEntry("name", "p2");
    assertThat(gateway.service().getSnapshots()).hasSize(2);
  }

  @Test
  void channelsOfAnAssetAreReplacedAsASet() throws Exception {
    seed(component(PUMP, property("flow#+name", "String", "flow")));
    gateway.install("pump", PUMP, pump(""));
    gateway.start();
    eventually(() -> assertThat(gateway.delivered(PUMP)).containsKey("flow#+name"));

    gateway.service().updateConfiguration(PUMP, Map.of("heat#+name", "heat"));

    assertThat(gateway.delivered(PUMP)).containsKey("heat#+name").doesNotContainKey("flow#+name");
    gateway.service().updateConfiguration(PUMP, Map.of("period", 3));
    assertThat(gateway.delivered(PUMP)).containsKey("heat#+name");
  }

  @Test
  void instancesAreMadeAndDeletedAndRollbackBringsThemBack() throws Exception {
    seed(Gateway.valveInstance("valve-1"));
    gateway.install("valve", VALVE, Gateway.valve());
    gateway.start();
    eventually(() -> assertThat(gateway.delivered("valve-1")).isNotEmpty());
    SnapshotConfigurationService service = gateway.service();

    service.createFactoryConfiguration(VALVE, "valve-2", Map.of("port", 99), true);
    assertThat(gateway.delivered("valve-2")).containsEntry("port", 99);
    assertThatThrownBy(() -> service.createFactoryConfiguration(VALVE, "valve-2", null, true))
        .hasMessageContaining("already");
    service.deleteFactoryConfiguration("valve-1", true);
    assertThat(gateway.delivered("valve-1")).isEmpty();

    long id = service.rollback();

    assertThat(gateway.delivered("valve-1")).isNotEmpty();
    service.rollback(0);
    assertThat(service.getConfigurableComponentPids()).containsExactly("valve-1");
    assertThat(gateway.delivered("valve-2")).isEmpty();
    assertThat(service.getSnapshots()).contains(0L, id).hasSize(5);
    assertThatThrownBy(() -> service.rollback(12345)).hasMessageContaining("No such snapshot");
  }

  @Test
  void instancesOfAnEarlierRunThatTheSnapshotLacksAreDeleted() throws Exception {
    seed(Gateway.valveInstance("valve-1"));
    gateway.install("valve", VALVE, Gateway.valve());
    gateway.start();
    eventually(() -> assertThat(gateway.delivered("valve-1")).isNotEmpty());

    seed();
    gateway.restart();

    eventually(() -> assertThat(gateway.delivered("valve-1")).isEmpty());
  }

  @Test
  void defaultsCanBeAsked() throws Exception {
    seed(Gateway.valveInstance("valve-1", property("port", "Integer", "9")));
    gateway.install("valve", VALVE, Gateway.valve());
    gateway.start();
    eventually(() -> assertThat(gateway.delivered("valve-1")).isNotEmpty());

    ComponentConfiguration defaults = gateway.service().getDefaultComponentConfiguration(VALVE);

    assertThat(properties(defaults)).containsEntry("port", 502);
    assertThat(gateway.service().getDefaultComponentConfiguration("nobody")).isNull();
  }

  @Test
  void theThreadIsGoneAfterTheStop() throws Exception {
    gateway.start();
    gateway.stopService();

    eventually(
        () ->
            assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("config-")));
  }

  @Test
  void anUnreadableMetatypeIsAProblemOfItsBundleOnly() throws Exception {
    seed();
    gateway.install("broken", "io.example.Broken", "<MetaData>");
    gateway.install("pump", PUMP, pump(""));

    gateway.start();

    eventually(() -> assertThat(gateway.delivered(PUMP)).isNotEmpty());
    assertThat(gateway.service().status().problems())
        .singleElement()
        .asString()
        .contains("broken/OSGI-INF/metatype/io.example.Broken.xml");
  }
}
