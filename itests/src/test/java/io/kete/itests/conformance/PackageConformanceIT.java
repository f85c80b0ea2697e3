// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  @Requirement({"KETE-BIRTH-8", "KETE-NOTE-1"})
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
  public void aBadAddressOrHashEndsFailedWithAReasonAndLeavesNothing() {
    long missing = JOBS.incrementAndGet();
    assertThat(console.exec(APP, "download", order(missing, packages.url("none.dp"), "")).code())
        .isEqualTo(200);
    Console.Notification end = console.end(missing, "download");
    assertThat(end.status()).isEqualTo("FAILED");
    assertThat(end.message()).contains("404");

    long wrong = JOBS.incrementAndGet();
    String hash = "SHA-256:" + "0".repeat(64);
    assertThat(console.exec(APP, "download", order(wrong, packages.url("1.0.0.dp"), hash)).code())
        .isEqualTo(200);
    assertThat(console.end(wrong, "download").status()).isEqualTo("FAILED");
    assertThat(listed()).isEmpty();
    assertThat(console.get(APP, "download").payload().metrics())
        .containsEntry("dp.download.status", "ALREADY DONE");
  }

  @Test
  public void aDownloadCutInTheMiddleIsTakenUpAgain() {
    long job = JOBS.incrementAndGet();
    Map<String, Object> order = order(job, packages.url("cut/1.0.0.dp"), packages.hash("1.0.0"));
    assertThat(console.exec(APP, "download", order).code()).isEqualTo(200);
    assertThat(console.end(job, "install").status()).isEqualTo("COMPLETED");
    assertThat(packages.cuts.get()).isEqualTo(1);
    assertThat(packages.resumed.get()).as("taken up, not begun anew").isEqualTo(1);
    assertThat(listed()).isEqualTo("1.0.0");
    uninstall();
  }

  private String installed(String version) {
    long job = JOBS.incrementAndGet();
    Map<String, Object> order = order(job, packages.url(version + ".dp"), packages.hash(version));
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

  /** As Kapua really sends it; the block size in the wrong place is a bug of Kapua's. */
  private static Map<String, Object> order(long job, String url, String hash) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("job.id", job);
    metrics.put("dp.uri", url);
    metrics.put("dp.name", Packages.NAME);
    metrics.put("dp.version", "1.0.0");
    metrics.put("dp.download.protocol", "HTTP");
    metrics.put("dp.install", true);
    metrics.put("dp.install.system.update", false);
    metrics.put("dp.download.force", true);
    metrics.put("dp.download.block.size", 51200);
    metrics.put("dp.download.block.delay", 0);
    metrics.put("dp.download.timeout", 60000);
    metrics.put("dp.reboot", false);
    metrics.put("dp.reboot.delay", 0);
    if (!hash.isEmpty()) {
      metrics.put("dp.download.hash", hash);
    }
    return metrics;
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
