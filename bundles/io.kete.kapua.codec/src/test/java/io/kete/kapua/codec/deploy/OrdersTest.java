// SPDX-License-Identifier: EPL-2.0
package io.kete.kapua.codec.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.eclipse.kura.message.KuraPayload;
import org.junit.jupiter.api.Test;

class OrdersTest {

  private static final int INPUTS = 20_000;
  private static final long SEED = 20_260;

  /** As Kapua sends it, with the block size of its notifications in the wrong place. */
  private static KuraPayload download() {
    KuraPayload payload = new KuraPayload();
    payload.addMetric("job.id", -7234L);
    payload.addMetric("dp.uri", "https://files/pump.dp?x=1");
    payload.addMetric("dp.name", "kete model");
    payload.addMetric("dp.version", "2.0.0");
    payload.addMetric("dp.download.protocol", "HTTP");
    payload.addMetric("dp.download.block.size", 51200);
    payload.addMetric("dp.download.block.delay", 0);
    payload.addMetric("dp.download.timeout", 60000);
    payload.addMetric("dp.install.system.update", false);
    return payload;
  }

  @Test
  void readsWhatKapuaSendsAndTakesDefaultsForTheRest() throws BadOrderException {
    DownloadOrder order = DownloadOrder.of(download());
    assertThat(order.job()).isEqualTo(-7234L);
    assertThat(order.uri()).hasToString("https://files/pump.dp?x=1");
    assertThat(order.name()).isEqualTo("kete model");
    assertThat(order.install()).as("dp.install is absent").isTrue();
    assertThat(order.force()).isFalse();
    assertThat(order.pace())
        .isEqualTo(new DownloadOrder.Pace(51200, Duration.ZERO, Duration.ofMinutes(1), 0));
    assertThat(order.login()).isEmpty();
    assertThat(order.hash()).isEmpty();
  }

  @Test
  void readsLoginAndHashAndNeverShowsThePassword() throws BadOrderException {
    KuraPayload payload = download();
    payload.addMetric("dp.download.username", "joe");
    payload.addMetric("dp.download.password", "hush-hush");
    payload.addMetric("dp.download.hash", "sha-256:" + "AB".repeat(32));
    DownloadOrder order = DownloadOrder.of(payload);
    assertThat(order.login()).contains(new DownloadOrder.Login("joe", "hush-hush"));
    assertThat(order.toString()).doesNotContain("hush-hush");
    assertThat(order.hash()).contains(new ExpectedHash("SHA-256", "ab".repeat(32)));
    assertThat(order.hash().orElseThrow().matches(new byte[32])).isFalse();
  }

  @Test
  void aWrongOrderSaysWhatToCorrect() {
    Map<String, Object> wrong =
        Map.ofEntries(
            Map.entry("job.id", "seven"),
            Map.entry("dp.uri", "file:/etc/passwd"),
            Map.entry("dp.name", " "),
            Map.entry("dp.version", 2.0),
            Map.entry("dp.install", "yes"),
            Map.entry("dp.download.block.size", 0),
            Map.entry("dp.download.timeout", 5L),
            Map.entry("dp.install.system.update", true),
            Map.entry("dp.reboot", true),
            Map.entry("dp.download.hash", "CRC32:00"));
    wrong.forEach(
        (metric, value) -> {
          KuraPayload payload = download();
          payload.addMetric(metric, value);
          assertThatThrownBy(() -> DownloadOrder.of(payload))
              .as(metric)
              .isInstanceOf(BadOrderException.class)
              .hasMessageContaining(metric);
        });
    assertThatThrownBy(() -> InstallOrder.of(new KuraPayload())).hasMessageContaining("job.id");
    assertThatThrownBy(() -> UninstallOrder.of(new KuraPayload())).hasMessageContaining("job.id");
  }

  @Test
  void credentialsDoNotBelongIntoTheUri() {
    KuraPayload payload = download();
    payload.addMetric("dp.uri", "http://joe:hush@files/pump.dp");
    assertThatThrownBy(() -> DownloadOrder.of(payload))
        .hasMessageContaining("dp.download.username");
  }

  @Test
  void anUninstallMayLeaveOutTheVersion() throws BadOrderException {
    KuraPayload payload = new KuraPayload();
    payload.addMetric("job.id", 5);
    payload.addMetric("dp.name", "a");
    assertThat(UninstallOrder.of(payload).version()).isEmpty();
    assertThat(UninstallOrder.of(payload).job()).isEqualTo(5);
  }

  @Test
  void anyMetricsGiveAnOrderOrASentence() {
    Random random = new Random(SEED);
    List<String> names =
        List.of(
            "job.id",
            "dp.uri",
            "dp.name",
            "dp.version",
            "dp.download.hash",
            "dp.download.block.size");
    int good = 0;
    for (int i = 0; i < INPUTS; i++) {
      KuraPayload payload = download();
      payload.addMetric(names.get(random.nextInt(names.size())), value(random));
      try {
        DownloadOrder.of(payload);
        good++;
      } catch (BadOrderException e) {
        assertThat(e.getMessage()).hasSizeBetween(10, 3000);
      }
    }
    assertThat(good).isBetween(1, INPUTS - 1);
  }

  private static Object value(Random random) {
    byte[] bytes = new byte[random.nextInt(300)];
    random.nextBytes(bytes);
    return switch (random.nextInt(6)) {
      case 0 -> random.nextInt();
      case 1 -> random.nextLong();
      case 2 -> bytes;
      case 3 -> random.nextBoolean();
      case 4 -> "http://h/" + new String(bytes, StandardCharsets.US_ASCII);
      default -> new String(bytes, StandardCharsets.ISO_8859_1);
    };
  }

  @Test
  void aNotificationHasTheTypesKapuaReads() {
    KuraPayload payload =
        new Progress(
                Operation.DOWNLOAD, 7, Progress.State.FAILED, 40, 5_000_000_000L, 3, "n", "lost")
            .payload("gw");
    assertThat(payload.metrics())
        .containsEntry("client.id", "gw")
        .containsEntry("job.id", 7L)
        .containsEntry("dp.download.status", "FAILED")
        .containsEntry("dp.download.progress", 40)
        .containsEntry("dp.download.size", Integer.MAX_VALUE)
        .containsEntry("dp.download.index", 3)
        .containsEntry("dp.notify.message", "lost")
        .containsEntry("dp.download.error.message", "lost");
  }

  @Test
  void otherOperationsDoNotLookLikeADownload() {
    KuraPayload payload =
        new Progress(Operation.UNINSTALL, 7, Progress.State.COMPLETED, 100, 0, 1, "n", "gone")
            .payload("gw");
    assertThat(payload.metrics())
        .containsEntry("dp.uninstall.status", "COMPLETED")
        .containsEntry("dp.uninstall.progress", 100)
        .containsEntry("dp.name", "n")
        .doesNotContainKey("dp.uninstall.error.message");
    assertThat(payload.metrics().keySet()).noneMatch(name -> name.startsWith("dp.download"));
  }

  @Test
  void listsAreEscapedAndNeverLeftOpen() {
    String packages =
        new String(
            Listing.packages(
                List.of(
                    new Listing.PackageLine(
                        "a<&>\u0001", "1", List.of(new Listing.BundleName("b", "2"))))),
            StandardCharsets.UTF_8);
    assertThat(packages)
        .isEqualTo(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><packages><package><name>a&lt;&amp;&gt;?</name>"
                + "<version>1</version><bundles><bundle><name>b</name><version>2</version></bundle>"
                + "</bundles></package></packages>");
    assertThat(new String(Listing.packages(List.of()), StandardCharsets.UTF_8))
        .endsWith("<packages></packages>");
    assertThat(
            new String(
                Listing.bundles(List.of(new Listing.BundleLine("b", "2.0.0", 5, "ACTIVE"))),
                StandardCharsets.UTF_8))
        .endsWith(
            "<bundles><bundle><name>b</name><version>2.0.0</version><id>5</id><state>ACTIVE</state>"
                + "</bundle></bundles>");
  }
}
