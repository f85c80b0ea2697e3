// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.kura;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.eclipse.kura.asset.Asset;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleListener;

/** Packages come, are upgraded while data flows, and go, in any order. */
class AnyOrderTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String ROUTE =
      """
      - route:
          from:
            uri: asset:pump?period=50
            steps:
              - to: buffer:telemetry
      """;
  private static final String POLICY =
      """
      {"format": "kete-policy/1", "version": 1, "default": {"action": "drop"},
       "classes": {"open": ["pump/*"]}, "rules": [{"class": "open", "action": "plain"}]}
      """;

  @TempDir Path directory;
  private final Centre centre = new Centre();

  /** Seeds of orders; property {@code kete.orders} says how many. */
  static LongStream orders() {
    return LongStream.rangeClosed(1, Long.getLong("kete.orders", 1));
  }

  @ParameterizedTest
  @MethodSource("orders")
  void comeAreUpgradedAndGo(long seed) throws Exception {
    Random random = new Random(seed);
    List<Path> packages = Home.packages();
    try (Gateway gateway = Gateway.start(directory)) {
      configure(gateway);
      Set<String> threads = threads();
      for (Path file : shuffled(packages, random)) {
        gateway.install(file);
      }
      awaitData();
      awaitUpstream("kete.model.anomaly", "state", "ACTIVE");
      assertAllRun(gateway);
      for (Path file : shuffled(packages, random)) {
        assertUpgradeTouchesOnlyItself(gateway, file);
      }
      assertThat(gateway.deployed())
          .extracting(bundle -> bundle.getVersion().toString())
          .containsOnly("1.0.1", "2.0.0");
      assertAllRun(gateway);
      awaitUpstream("kete.gateway", "failed", "");
      awaitServed("2.0.0");
      assertAFailedBundleIsNamedUpstream(gateway);
      assertNothingLost();
      assertThat(directory.resolve("data/kete/buffer/telemetry")).isNotEmptyDirectory();
      for (Path file : shuffled(packages, random)) {
        gateway.uninstall(Upgrade.name(file));
      }
      assertNothingLeft(gateway, threads);
    }
  }

  private void configure(Gateway gateway) throws Exception {
    BundleContext context = gateway.context();
    context.registerService(CloudPublisher.class, centre, Gateway.properties("centre"));
    context.registerService(Asset.class, new Pump(context), Gateway.properties("pump"));
    gateway.instance("io.kete.driver.simulator.SimulatorDriver", "sim");
    gateway.instance("io.kete.driver.modbus.ModbusDriver", "plc", "host", "127.0.0.1", "port", 1);
    gateway.singleton("io.kete.policy.cms.CmsPolicy", "policy", POLICY);
    gateway.singleton("io.kete.status.StatusPage", "port", 0);
    gateway.singleton("io.kete.status.StateRecord", "stream", "telemetry", "settle", 1);
    gateway.instance(
        "io.kete.model.runtime.Slot",
        "anomaly",
        "slot",
        "anomaly",
        "model",
        "pump-anomaly",
        "events.stream",
        "telemetry");
    gateway.singleton("io.kete.model.trees.TreesEngine");
    gateway.singleton("io.kete.model.onnx.OnnxEngine");
    gateway.instance(
        "io.kete.buffer.h2.H2Stream", "telemetry", "stream", "telemetry", "gateway", "box");
    gateway.instance(
        "io.kete.uplink.cloud.CloudUplink",
        "telemetry-uplink",
        "Stream.target",
        "(kete.stream=telemetry)",
        "CloudPublisher.target",
        "(kura.service.pid=centre)");
    gateway.instance("io.kete.route.camel.CamelRoute", "pump-route", "route", ROUTE);
  }

  private static List<Path> shuffled(List<Path> files, Random random) {
    List<Path> result = new ArrayList<>(files);
    Collections.shuffle(result, random);
    return result;
  }

  /** Waits until values of the pump arrive that were not there yet. */
  private void awaitData() {
    int before = centre.received().size();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(centre.received().stream().skip(before))
                    .filteredOn(metrics -> metrics.containsKey(Pump.CHANNEL))
                    .hasSizeGreaterThan(3));
  }

  private static void assertAllRun(Gateway gateway) {
    assertThat(gateway.deployed())
        .filteredOn(bundle -> bundle.getHeaders().get("Fragment-Host") == null)
        .allSatisfy(
            bundle -> assertThat(bundle.getState()).as("%s", bundle).isEqualTo(Bundle.ACTIVE));
  }

  /** Waits until the last record of one of the gateway's own assets says so. */
  private void awaitUpstream(String asset, String channel, Object value) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(centre.received())
                    .filteredOn(metrics -> asset.equals(metrics.get("assetName")))
                    .last()
                    .satisfies(metrics -> assertThat(metrics).containsEntry(channel, value)));
  }

  /**
   * The old version's retirement is told after the new one serves, so it may be the last record.
   */
  private void awaitServed(String version) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(centre.received())
                    .filteredOn(metrics -> "kete.model.anomaly".equals(metrics.get("assetName")))
                    .filteredOn(metrics -> "ACTIVE".equals(metrics.get("state")))
                    .last()
                    .satisfies(metrics -> assertThat(metrics).containsEntry("version", version)));
  }

  /** Deployment Admin, and so Kura, calls such an installation complete. */
  private void assertAFailedBundleIsNamedUpstream(Gateway gateway) throws Exception {
    gateway.install(LamePackage.write(directory));
    awaitUpstream("kete.gateway", "failed", LamePackage.BUNDLE + "/1.0.0=INSTALLED");
    gateway.uninstall(LamePackage.NAME);
    awaitUpstream("kete.gateway", "failed", "");
  }

  private void assertUpgradeTouchesOnlyItself(Gateway gateway, Path file) throws Exception {
    Set<String> touched = new ConcurrentSkipListSet<>();
    BundleListener listener = event -> touched.add(event.getBundle().getSymbolicName());
    gateway.context().addBundleListener(listener);
    gateway.install(Upgrade.of(file, directory));
    awaitData();
    gateway.context().removeBundleListener(listener);
    if (Upgrade.name(file).matches("kete-(driver|model).*")) {
      assertThat(touched)
          .as("bundles touched by the upgrade of %s", file.getFileName())
          .isSubsetOf(Upgrade.symbolicNames(file));
    }
  }

  /** Every number of the stream has come, and none of them as a gap. */
  private void assertNothingLost() {
    List<Map<String, Object>> received = List.copyOf(centre.received());
    assertThat(received).noneMatch(metrics -> "dropped/1".equals(metrics.get("kete.record")));
    List<Long> numbers =
        received.stream()
            // a ledger speaks of the stream, not of samples
            .filter(metrics -> !Account.is(metrics))
            .map(metrics -> (Long) Objects.requireNonNull(metrics.get("kete.seq")))
            .distinct()
            .sorted()
            .toList();
    assertThat(numbers).isEqualTo(LongStream.rangeClosed(1, numbers.size()).boxed().toList());
    List<Account> accounts = received.stream().filter(Account::is).map(Account::read).toList();
    accounts.forEach(Account::assertWellFormed);
    assertThat(accounts)
        .as("the stream and the route each told their account")
        .extracting(Account::owner)
        .contains("stream telemetry", "route pump-route");
    assertThat(accounts)
        .as("no more is delivered than came")
        .allMatch(account -> account.delivered() <= numbers.size());
  }

  private void assertNothingLeft(Gateway gateway, Set<String> threads) throws Exception {
    assertThat(gateway.deployed()).isEmpty();
    assertThat(centre.listeners()).isZero();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(threads()).as("threads").isSubsetOf(threads));
    assertThat(services(gateway)).noneMatch(name -> name.startsWith("io.kete"));
    assertThat(openFiles())
        .noneMatch(file -> file.startsWith(directory.resolve("data").toString()));
  }

  private static List<String> services(Gateway gateway) throws Exception {
    return Arrays.stream(gateway.context().getAllServiceReferences(null, null))
        .flatMap(reference -> Arrays.stream((String[]) reference.getProperty("objectClass")))
        .toList();
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> !name.equals("centre") && !name.startsWith("awaitility"))
        .filter(name -> !name.contains("Equinox Container"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> openFiles() throws Exception {
    List<String> open = new ArrayList<>();
    try (Stream<Path> handles = Files.list(Path.of("/proc/self/fd"))) {
      for (Path handle : handles.toList()) {
        if (Files.isSymbolicLink(handle)) {
          open.add(Files.readSymbolicLink(handle).toString());
        }
      }
    }
    return open;
  }
}
