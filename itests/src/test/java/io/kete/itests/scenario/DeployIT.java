// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Packages by DEPLOY-V2 over a broker, on the product as it is installed. */
public class DeployIT {

  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration OPERATION = Duration.ofSeconds(60);
  private static final String PACKAGE = "test-package";
  private static final String ONE = "test.one";
  private static final String SIMULATOR = "io.kete.driver.simulator";
  private static final String FEATURE = "kete-driver-simulator";
  static final String CORE = "kete-core";

  private Site site;
  private Product product;
  private Console console;
  private FileServer server;

  @Before
  public void setUp() throws Exception {
    boolean built = Files.isRegularFile(Product.installation().resolve("bin/kete"));
    if (!built) {
      System.out.println("DeployIT is skipped: the distribution is not built");
    }
    assumeTrue("the distribution is not built", built);
    site = Site.open(Platform.folder(DeployIT.class));
    trust(site);
    Plan plan =
        new Plan()
            .cloud(site.peer().broker())
            .component(
                "io.kete.container.deploy.Deployment",
                Plan.properties("settle.millis", 300, "settle.limit", 20));
    site.configure(plan, Plan.policy(1, ""));
    server = new FileServer();
    console = new Console(site.peer().broker());
    product = new Product(site, "");
    product.start();
    product.awaitReady(START);
  }

  static void trust(Site site) throws IOException {
    Path anchors = Files.createDirectories(site.user().resolve("anchors/package"));
    Files.writeString(anchors.resolve("site.pem"), site.peer().certificate("site"));
  }

  @After
  public void tearDown() throws Exception {
    if (site != null) {
      product.close();
      console.close();
      server.close();
      site.close();
    }
  }

  private Dp version(String version) {
    return new Dp(PACKAGE, version).plain(ONE, version).plain("test.two", "1.0.0");
  }

  private Console.Told order(String version, byte[] content, Map<String, Object> more)
      throws Exception {
    String uri = server.offer(PACKAGE + "-" + version + ".dp", content);
    long job = console.order(uri, PACKAGE, version, more);
    return console.outcome(job, OPERATION);
  }

  private void assertInstalled(String version) throws Exception {
    assertThat(console.version(PACKAGE)).isEqualTo(version);
    List<String> expected = version.isEmpty() ? List.of() : List.of(version + " ACTIVE");
    assertThat(Xml.states(console.list("bundles"), ONE)).isEqualTo(expected);
    assertThat(files()).isEqualTo(version.isEmpty() ? List.of() : List.of(PACKAGE + ".dp"));
  }

  /** Everything below the folder of packages. */
  private List<String> files() throws IOException {
    Path packages = site.data().resolve("packages");
    try (Stream<Path> all = Files.walk(packages)) {
      return all.filter(Files::isRegularFile)
          .map(file -> packages.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private void eventuallyInstalled(String version) {
    Eventually.holds(OPERATION, () -> assertInstalled(version));
  }

  @Test
  public void aPackageComesIsUpgradedGoesBackAndGoes() throws Exception {
    for (String version : List.of("1.0.0", "2.0.0", "1.0.0")) {
      Console.Told told = order(version, version(version).bytes(site.peer()), Map.of());
      assertThat(told.state()).as(told.message()).isEqualTo("COMPLETED");
      eventuallyInstalled(version);
    }
    long job = console.uninstall(PACKAGE, "1.0.0");
    assertThat(console.ending(job, "uninstall", OPERATION).state()).isEqualTo("COMPLETED");
    eventuallyInstalled("");
    assertThat(console.lifecycle()).as("no second BIRTH").containsOnlyOnce("BIRTH");
  }

  @Test
  public void tenInstallsInQuickSuccessionSurviveAKill() throws Exception {
    List<Long> jobs = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      String name = "quick-" + i;
      byte[] content = new Dp(name, "1.0.0").plain("quick.n" + i, "1.0.0").bytes(site.peer());
      jobs.add(console.order(server.offer(name + ".dp", content), name, "1.0.0", Map.of()));
    }
    for (long job : jobs) {
      Console.Told told = console.outcome(job, OPERATION);
      assertThat(told.state()).as(told.message()).isEqualTo("COMPLETED");
    }
    product.kill();
    product.start();
    product.awaitReady(START);
    String bundles = console.list("bundles");
    for (int i = 0; i < 10; i++) {
      assertThat(console.version("quick-" + i)).isEqualTo("1.0.0");
      assertThat(Xml.states(bundles, "quick.n" + i)).containsExactly("1.0.0 ACTIVE");
    }
    Eventually.holds(
        OPERATION, () -> assertThat(files()).hasSize(10).allMatch(file -> file.endsWith(".dp")));
  }

  @Test
  public void whatIsNotRightIsRefusedWithTheReasonAndLeavesNothing() throws Exception {
    Peer peer = site.peer();
    byte[] good = version("2.0.0").bytes(peer);
    assertThat(order("1.0.0", version("1.0.0").bytes(peer), Map.of()).state())
        .isEqualTo("COMPLETED");
    Map<String, Object> hash = Map.of("dp.download.hash", "SHA-256:" + "0".repeat(64));
    refused("SHA-256", "hash", good, hash);
    refused("signature", "unsigned", version("2.0.0").bytes(), Map.of());
    byte[] other = Dp.bundle(ONE, "2.0.0", "X-Evil: yes");
    refused("signature", "swapped", Dp.swapped(good, ONE + "-2.0.0.jar", other), Map.of());
    refused("", "short", Arrays.copyOf(good, good.length / 2), Map.of());
  }

  @Test
  public void hostilePackagesAreRefusedWithTheReasonAndLeaveNothing() throws Exception {
    Peer peer = site.peer();
    byte[] good = version("2.0.0").bytes(peer);
    assertThat(order("1.0.0", version("1.0.0").bytes(peer), Map.of()).state())
        .isEqualTo("COMPLETED");
    refused(
        "package",
        "foreign",
        new Dp(PACKAGE, "2.0.0").plain(SIMULATOR, "2.0.0").bytes(peer),
        Map.of());
    refused(
        "gateway itself",
        "platform",
        new Dp(PACKAGE, "2.0.0").plain("org.apache.felix.scr", "9.0.0").bytes(peer),
        Map.of());
    refused(
        "relative path",
        "escape",
        new Dp(PACKAGE, "2.0.0").add("../../evil", "2.0.0", good).bytes(peer),
        Map.of());
    refused(
        "is ",
        "liar",
        new Dp(PACKAGE, "2.0.0").add(ONE, "2.0.0", Dp.bundle("test.liar", "2.0.0")).bytes(peer),
        Map.of());
    refused(
        "other bytes",
        "same",
        new Dp(PACKAGE, "2.0.0").plain(ONE, "1.0.0", "X-New: yes").bytes(peer),
        Map.of());
    refused(
        "no deployment package",
        "text",
        "hello".getBytes(java.nio.charset.StandardCharsets.UTF_8),
        Map.of());
    refused("404", "absent", new byte[0], Map.of("dp.uri", server.offer("x", good) + "y"));
    Map<String, byte[]> bomb = new LinkedHashMap<>();
    bomb.put("META-INF/MANIFEST.MF", new byte[200_000_000]);
    refused("longer than", "bomb", Dp.zip(bomb), Map.of());
  }

  @Test
  public void whatDoesNotWorkIsTakenBack() throws Exception {
    Peer peer = site.peer();
    assertThat(order("1.0.0", version("1.0.0").bytes(peer), Map.of()).state())
        .isEqualTo("COMPLETED");
    refused(
        "version 1.0.0 is back",
        "unresolvable",
        new Dp(PACKAGE, "2.0.0").plain(ONE, "2.0.0", "Import-Package: no.such.thing").bytes(peer),
        Map.of());
    refused(
        "does not start",
        "activator",
        new Dp(PACKAGE, "2.0.0")
            .plain(ONE, "2.0.0", "Bundle-Activator: no.such.Activator")
            .bytes(peer),
        Map.of());
  }

  private void refused(String reason, String name, byte[] content, Map<String, Object> more)
      throws Exception {
    String uri = server.offer(name + ".dp", content);
    Map<String, Object> metrics = new LinkedHashMap<>(Map.of("dp.uri", uri));
    metrics.putAll(more);
    long job = console.order(uri, PACKAGE, "2.0.0", metrics);
    Console.Told told = console.outcome(job, OPERATION);
    assertThat(told.state()).as(name + ": " + told.message()).isEqualTo("FAILED");
    assertThat(told.message()).as(name).contains(reason);
    eventuallyInstalled("1.0.0");
  }

  @Test
  public void aPackageTakesThePlaceOfAFeatureAndGivesItBack() throws Exception {
    assertThat(console.version(FEATURE)).isEqualTo("1.0.0");
    long refused = console.uninstall(FEATURE, "1.0.0");
    assertThat(console.ending(refused, "uninstall", OPERATION).message())
        .contains("belongs to the installation");
    byte[] base =
        Files.readAllBytes(Product.installation().resolve("bundles/" + SIMULATOR + "-1.0.0.jar"));
    byte[] next =
        new Dp(FEATURE, "1.0.1")
            .add(SIMULATOR, "1.0.1", Dp.reversioned(base, "1.0.1"))
            .bytes(site.peer());
    long job = console.order(server.offer("f.dp", next), FEATURE, "1.0.1", Map.of());
    Console.Told told = console.outcome(job, OPERATION);
    assertThat(told.state()).as(told.message()).isEqualTo("COMPLETED");
    assertOnly("1.0.1");
    product.stop();
    product.start();
    product.awaitReady(START);
    assertOnly("1.0.1");
    long removal = console.uninstall(FEATURE, "1.0.1");
    assertThat(console.ending(removal, "uninstall", OPERATION).state()).isEqualTo("COMPLETED");
    assertOnly("1.0.0");
  }

  @Test
  public void theCoreIsReplacedWithAnotherStartOrNotAtAll() throws Exception {
    long bad =
        console.order(server.offer("bad.dp", core(site, "1.0.2", true)), CORE, "1.0.2", Map.of());
    Console.Told refused = console.outcome(bad, OPERATION);
    assertThat(refused.state()).as(refused.message()).isEqualTo("FAILED");
    assertThat(refused.message()).contains("does not start", "the former version is back");
    product.awaitReady(START);
    assertCore("1.0.0");
    long good =
        console.order(server.offer("core.dp", core(site, "1.0.1", false)), CORE, "1.0.1", Map.of());
    Console.Told told = console.outcome(good, OPERATION);
    assertThat(told.state()).as(told.message()).isEqualTo("COMPLETED");
    assertCore("1.0.1");
    long removal = console.uninstall(CORE, "1.0.1");
    assertThat(console.ending(removal, "uninstall", OPERATION).state()).isEqualTo("COMPLETED");
    product.awaitReady(START);
    assertCore("1.0.0");
  }

  /**
   * The feature as it ships, under another version; a broken one has an activator that is not
   * there.
   */
  static byte[] core(Site site, String version, boolean broken) throws IOException {
    Path bundles = Product.installation().resolve("bundles");
    String line =
        Files.readAllLines(bundles.resolve("features.list")).stream()
            .filter(each -> each.startsWith(CORE + " "))
            .findFirst()
            .orElseThrow();
    Dp dp = new Dp(CORE, version);
    for (String label : line.substring(CORE.length() + 1).split(" ", -1)) {
      byte[] base = Files.readAllBytes(bundles.resolve(label + "-1.0.0.jar"));
      boolean last = broken && label.equals("io.kete.status");
      dp.add(
          label,
          version,
          last
              ? Dp.bundle(label, version, "Bundle-Activator: no.such.Activator")
              : Dp.reversioned(base, version));
    }
    return dp.bytes(site.peer());
  }

  private void assertCore(String version) {
    Eventually.holds(
        OPERATION,
        () -> {
          assertThat(console.version(CORE)).isEqualTo(version);
          for (String bundle :
              List.of("io.kete.data.api", "io.kete.policy.cms", "io.kete.status")) {
            assertThat(Xml.states(console.list("bundles"), bundle))
                .containsExactly(version + " ACTIVE");
          }
          assertThat(files())
              .isEqualTo(version.equals("1.0.0") ? List.of() : List.of(CORE + ".dp"));
        });
  }

  private void assertOnly(String version) throws Exception {
    assertThat(console.version(FEATURE)).isEqualTo(version);
    assertThat(Xml.states(console.list("bundles"), SIMULATOR)).containsExactly(version + " ACTIVE");
  }
}
