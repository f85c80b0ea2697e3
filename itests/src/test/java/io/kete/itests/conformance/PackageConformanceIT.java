// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/** DEPLOY-V2 as Kapua's package history sees it. */
@RunWith(Parameterized.class)
public class PackageConformanceIT {

  private static final String APP = "DEPLOY-V2";
  private static final AtomicLong JOBS = new AtomicLong(7_000_000_000L);

  private final String broker;
  private Stage stage;
  private Console console;
  private Packages packages;

  public PackageConformanceIT(String broker) {
    this.broker = broker;
  }

  @Parameters(name = "{0}")
  public static List<String> brokers() {
    return TestBroker.names();
  }

  @Before
  public void setUp() throws IOException {
    assumeTrue(
        "the distribution is not built",
        Files.isRegularFile(Installed.product().resolve("bin/kete")));
    stage = Stage.of(broker);
    console = stage.console();
    packages = new Packages();
  }

  @After
  public void tearDown() {
    if (packages != null) {
      packages.close();
    }
  }

  @Test
  @Requirement({"KETE-BIRTH-8", "KETE-NOTE-1", "KETE-DEPLOY-1", "KETE-DEPLOY-2", "KETE-DEPLOY-9"})
  public void aPackageIsInstalledUpgradedTakenBackAndUninstalled() {
    int births = console.lifecycle("BIRTH").size();
    int apps = console.lifecycle("APPS").size();
    assertThat(installed("1.0.0")).isEqualTo("COMPLETED");
    assertThat(listed()).isEqualTo("1.0.0");
    assertThat(bundle()).isEqualTo("1.0.0 ACTIVE");
    assertThat(installed("2.0.0")).isEqualTo("COMPLETED");
    assertThat(listed()).isEqualTo("2.0.0");
    assertThat(bundle()).isEqualTo("2.0.0 ACTIVE");
    assertThat(installed("1.0.0")).isEqualTo("COMPLETED");
    assertThat(listed()).isEqualTo("1.0.0");
    assertThat(bundle()).isEqualTo("1.0.0 ACTIVE");

    uninstall();
    assertThat(listed()).isEmpty();
    assertThat(bundle()).isEmpty();
    assertThat(console.lifecycle("BIRTH")).as("no BIRTH during installs").hasSize(births);
    console.awaitTrue(
        "APPS with the new digests",
        Duration.ofSeconds(60),
        () -> console.lifecycle("APPS").size() > apps);
  }

  @Test
  @Requirement("KETE-DEPLOY-8")
  public void aBundleIsStoppedAndStarted() {
    assertThat(installed("1.0.0")).isEqualTo("COMPLETED");
    String id = field("id");
    assertThat(console.exec(APP, "stop/" + id, Map.of()).code()).isEqualTo(200);
    assertThat(bundle()).isEqualTo("1.0.0 RESOLVED");
    assertThat(console.exec(APP, "start/" + id, Map.of()).code()).isEqualTo(200);
    assertThat(bundle()).isEqualTo("1.0.0 ACTIVE");
    uninstall();
  }

  @Test
  @Requirement("KETE-DEPLOY-4")
  public void aBadAddressOrHashEndsFailedWithAReasonAndLeavesNothing() {
    long missing = JOBS.incrementAndGet();
    assertThat(
            console
                .exec(APP, "download", Packages.order(missing, packages.url("none.dp"), ""))
                .code())
        .isEqualTo(200);
    Console.Notification end = console.end(missing, "download");
    assertThat(end.status()).isEqualTo("FAILED");
    assertThat(end.message()).contains("404");

    long wrong = JOBS.incrementAndGet();
    String hash = "SHA-256:" + "0".repeat(64);
    assertThat(
            console
                .exec(APP, "download", Packages.order(wrong, packages.url("1.0.0.dp"), hash))
                .code())
        .isEqualTo(200);
    assertThat(console.end(wrong, "download").status()).isEqualTo("FAILED");
    assertThat(listed()).isEmpty();
    assertThat(console.get(APP, "download").payload().metrics())
        .containsEntry("dp.download.status", "ALREADY DONE");
  }

  @Test
  @Requirement("KETE-DEPLOY-5")
  public void aDownloadCutInTheMiddleIsTakenUpAgain() {
    long job = JOBS.incrementAndGet();
    Map<String, Object> order =
        Packages.order(job, packages.url("cut/1.0.0.dp"), packages.hash("1.0.0"));
    assertThat(console.exec(APP, "download", order).code()).isEqualTo(200);
    assertThat(console.end(job, "install").status()).isEqualTo("COMPLETED");
    assertThat(packages.cuts.get()).isEqualTo(1);
    assertThat(packages.resumed.get()).as("taken up, not begun anew").isEqualTo(1);
    assertThat(listed()).isEqualTo("1.0.0");
    uninstall();
  }

  @Test
  @Requirement("KETE-DEPLOY-6")
  public void aDownloadIsWatchedAndCancelled() {
    long job = JOBS.incrementAndGet();
    Map<String, Object> slow = Packages.order(job, packages.url("1.0.0.dp"), "");
    slow.put("dp.download.block.size", 4096);
    slow.put("dp.download.block.delay", 200);
    assertThat(console.exec(APP, "download", slow).code()).isEqualTo(200);
    Map<String, Object> state =
        console.await(
            "the download under way",
            Console.PATIENCE,
            () ->
                Optional.of(console.get(APP, "download").payload().metrics())
                    .filter(
                        metrics -> !Integer.valueOf(0).equals(metrics.get("dp.download.size"))));
    assertThat(state)
        .containsEntry("job.id", job)
        .containsEntry("dp.download.status", "IN_PROGRESS");
    assertThat(state.get("dp.download.size")).isInstanceOf(Integer.class);
    assertThat(state.get("dp.download.progress")).isInstanceOf(Integer.class);

    assertThat(console.ask(APP, "DEL", "download", Map.of(), "").code()).isEqualTo(200);
    Console.Notification end = console.end(job, "download");
    assertThat(end.status()).isEqualTo("FAILED");
    assertThat(end.message()).contains("cancelled");
    assertThat(console.get(APP, "download").payload().metrics())
        .containsEntry("dp.download.status", "ALREADY DONE")
        .doesNotContainKey("job.id");
    assertThat(console.ask(APP, "DEL", "download", Map.of(), "").code()).isEqualTo(400);
    assertThat(console.ask(APP, "DEL", "packages", Map.of(), "").code()).isEqualTo(404);
    assertThat(listed()).isEmpty();
  }

  @Test
  @Requirement({"KETE-DEPLOY-6", "KETE-DEPLOY-9"})
  public void aPackageIsDownloadedWithALoginAndInstalledLater() {
    long refused = JOBS.incrementAndGet();
    String url = packages.url("login/1.0.0.dp");
    assertThat(console.exec(APP, "download", Packages.order(refused, url, "")).code())
        .isEqualTo(200);
    assertThat(console.end(refused, "download").message()).contains("401");

    long download = JOBS.incrementAndGet();
    Map<String, Object> order = Packages.order(download, url, packages.hash("1.0.0"));
    order.put("dp.install", false);
    order.put("dp.download.username", Packages.USER);
    order.put("dp.download.password", Packages.PASSWORD);
    assertThat(console.exec(APP, "download", order).code()).isEqualTo(200);
    assertThat(console.end(download, "download").status()).isEqualTo("COMPLETED");
    assertThat(listed()).as("not installed yet").isEmpty();

    long install = JOBS.incrementAndGet();
    Map<String, Object> then =
        Map.of("job.id", install, "dp.name", Packages.NAME, "dp.version", "1.0.0");
    assertThat(console.exec(APP, "install", then).code()).isEqualTo(200);
    console.awaitTrue(
        "the install under way",
        Console.PATIENCE,
        () ->
            Map.of("dp.install.status", "IN_PROGRESS", "dp.name", Packages.NAME).entrySet().stream()
                .allMatch(console.get(APP, "install").payload().metrics().entrySet()::contains));
    assertThat(console.end(install, "install").status()).isEqualTo("COMPLETED");
    assertThat(listed()).isEqualTo("1.0.0");
    console.awaitTrue(
        "no install any more",
        Console.PATIENCE,
        () ->
            "IDLE"
                .equals(console.get(APP, "install").payload().metrics().get("dp.install.status")));
    uninstall();
  }

  @Test
  @Requirement("KETE-DEPLOY-3")
  public void aPackageThatDoesNotWorkIsTakenBack() {
    assertThat(installed("1.0.0")).isEqualTo("COMPLETED");
    long job = JOBS.incrementAndGet();
    String broken = packages.url(Packages.BROKEN + ".dp");
    assertThat(console.exec(APP, "download", Packages.order(job, broken, "")).code())
        .isEqualTo(200);
    Console.Notification end = console.end(job, "install");
    assertThat(end.status()).isEqualTo("FAILED");
    assertThat(end.message()).contains(Packages.BUNDLE, "version 1.0.0 is back");
    assertThat(listed()).isEqualTo("1.0.0");
    assertThat(bundle()).isEqualTo("1.0.0 ACTIVE");
    uninstall();
  }

  @Test
  @Requirement("KETE-DEPLOY-10")
  public void anOrderIsEndedAfterAKill() throws Exception {
    int births = console.lifecycle("BIRTH").size();
    int apps = console.lifecycle("APPS").size();
    long job = JOBS.incrementAndGet();
    Map<String, Object> slow = Packages.order(job, packages.url("1.0.0.dp"), "");
    slow.put("dp.download.block.size", 4096);
    slow.put("dp.download.block.delay", 200);
    assertThat(console.exec(APP, "download", slow).code()).isEqualTo(200);
    stage.gateway().kill();
    stage.gateway().startAgain();
    console.awaitTrue(
        "the gateway is back",
        Duration.ofSeconds(60),
        () -> console.lifecycle("BIRTH").size() + console.lifecycle("APPS").size() > births + apps);
    stage.awaitManaged();
    Console.Notification end = console.end(job, "download");
    assertThat(end.status()).isEqualTo("FAILED");
    assertThat(end.message()).isNotBlank();
    assertThat(listed()).isEmpty();
  }

  private String installed(String version) {
    long job = JOBS.incrementAndGet();
    Map<String, Object> order =
        Packages.order(job, packages.url(version + ".dp"), packages.hash(version));
    assertThat(console.exec(APP, "download", order).code()).isEqualTo(200);
    Console.Notification end = console.end(job, "install");
    assertThat(console.notifications(job))
        .allSatisfy(notification -> assertThat(notification.status()).isNotBlank())
        .anySatisfy(
            notification -> {
              assertThat(notification.what()).isEqualTo("download");
              assertThat(notification.status()).isEqualTo("COMPLETED");
            });
    assertThat(end.message()).isNotBlank();
    return end.status();
  }

  private void uninstall() {
    long job = JOBS.incrementAndGet();
    Map<String, Object> order =
        Map.of("job.id", job, "dp.name", Packages.NAME, "dp.version", "1.0.0");
    assertThat(console.exec(APP, "uninstall", order).code()).isEqualTo(200);
    Console.Notification end = console.end(job, "uninstall");
    assertThat(end.status()).isEqualTo("COMPLETED");
    assertThat(end.metrics()).containsKey("dp.uninstall.progress");
  }

  private String listed() {
    Console.Reply reply = console.get(APP, "packages");
    assertThat(reply.code()).isEqualTo(200);
    return find(
        reply.payload().text(),
        "<package>\\s*<name>" + Packages.NAME + "</name>\\s*<version>([^<]*)</version>");
  }

  private String bundle() {
    String version = field("version");
    return version.isEmpty() ? "" : version + " " + field("state");
  }

  private String field(String name) {
    Console.Reply reply = console.get(APP, "bundles");
    assertThat(reply.code()).isEqualTo(200);
    String bundle =
        find(
            reply.payload().text(),
            "<bundle>((?:(?!</bundle>).)*<name>" + Packages.BUNDLE + "</name>.*?)</bundle>");
    return find(bundle, "<" + name + ">([^<]*)</" + name + ">");
  }

  private static String find(String text, String pattern) {
    return Pattern.compile(pattern, Pattern.DOTALL)
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .findFirst()
        .orElse("");
  }
}
