// SPDX-License-Identifier: EPL-2.0
package io.kete.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import io.kete.data.api.Status;
import io.kete.data.api.StatusSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.BundleWiring;

final class StatusPageTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build();
  private Framework framework;
  private StatusPage page;

  @BeforeEach
  void setUp() throws Exception {
    framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(
                    "org.osgi.framework.storage",
                    folder.resolve("cache").toString(),
                    "org.osgi.framework.bootdelegation",
                    ""));
    framework.start();
    page = open(0);
  }

  @AfterEach
  void tearDown() throws Exception {
    page.close();
    framework.stop();
    framework.waitForStop(LIMIT.toMillis());
  }

  private StatusPage open(int port) {
    return new StatusPage(
        framework.getBundleContext(), port, folder, Clock.systemUTC(), Duration.ofMillis(200));
  }

  private int port() {
    await().atMost(LIMIT).until(() -> page.port().isPresent());
    return page.port().orElseThrow();
  }

  private HttpResponse<String> get(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
            .timeout(LIMIT)
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private JsonObject status() throws Exception {
    return Json.parse(get("/status").body()).asObject();
  }

  private JsonObject area(String name) throws Exception {
    return status().get("areas").asObject().get(name).asObject();
  }

  private void source(String area, StatusSource source) {
    page.addSource(source, Map.of(StatusSource.AREA, area));
  }

  private static StatusSource saying(String... problems) {
    return () ->
        new Status(
            List.of(problems), Map.of("captured", 12, "rate", 1.5, "dropped", Map.of("full", 3L)));
  }

  @Test
  void tellsWhatTheSourcesSay() throws Exception {
    source("route.pump", saying());
    source("uplink", saying("The broker is away; check the cable"));

    JsonObject status = status();

    assertThat(status.getBoolean("well", true)).isFalse();
    assertThat(status.get("problems").asArray().get(0).asString())
        .isEqualTo("uplink: The broker is away; check the cable");
    JsonObject facts = area("route.pump").get("facts").asObject();
    assertThat(facts.getLong("captured", 0)).isEqualTo(12);
    assertThat(facts.getDouble("rate", 0)).isEqualTo(1.5);
    assertThat(facts.get("dropped").asObject().getLong("full", 0)).isEqualTo(3);
  }

  @Test
  void tellsOfTheProcessAndTheFramework() throws Exception {
    JsonObject process = area("process").get("facts").asObject();

    assertThat(process.getLong("heap_used_bytes", 0)).isPositive();
    assertThat(process.getLong("heap_max_bytes", 0)).isPositive();
    assertThat(process.getLong("rss_bytes", 0)).isGreaterThan(10_000_000);
    assertThat(area("framework").get("facts").asObject().getLong("bundles_active", 0)).isEqualTo(1);
  }

  @Test
  void namesBundlesThatDoNotRun() throws Exception {
    framework.getBundleContext().installBundle("lazy", Bundles.jar("io.example.lazy", Map.of()));
    framework
        .getBundleContext()
        .installBundle(
            "fragment", Bundles.jar("io.example.part", Map.of("Fragment-Host", "system.bundle")));

    assertThat(area("framework").get("problems").asArray().toString())
        .contains("bundle io.example.lazy is INSTALLED, not ACTIVE")
        .doesNotContain("io.example.part");
  }

  @Test
  void healthFollowsTheProblems() throws Exception {
    assertThat(get("/health").statusCode()).isEqualTo(200);
    StatusSource ill = saying("no key");
    source("policy", ill);

    await().atMost(LIMIT).until(() -> get("/health").statusCode() == 503);
    assertThat(get("/health").body()).isEqualTo("policy: no key\n");

    page.removeSource(ill);
    await().atMost(LIMIT).until(() -> get("/health").statusCode() == 200);
  }

  @Test
  void metricsAreNumbersOnlyAndGroupedByName() throws Exception {
    source("a\"1", saying());
    source("b", () -> new Status(List.of("x"), Map.of("state", "up", "captured", 7)));

    HttpResponse<String> answer = get("/metrics");

    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/plain; version=0.0.4");
    assertThat(answer.body())
        .contains(
            """
            # TYPE kete_captured untyped
            kete_captured{area="b"} 7
            kete_captured{area="a\\"1"} 12
            """)
        .contains("kete_dropped_full{area=\"a\\\"1\"} 3\n")
        .contains("kete_problems{area=\"b\"} 1\n")
        .contains("kete_well 0\n")
        .doesNotContain("state");
    assertThat(answer.body().lines())
        .allMatch(
            line -> line.matches("# TYPE [a-z_]+ untyped|[a-z_]+(\\{area=\".*\"})? [-0-9.E]+"));
  }

  @Test
  void aSourceThatFailsIsSaidToFailAndBreaksNothing() throws Exception {
    source(
        "thrower",
        () -> {
          throw new IllegalStateException("secret 4711");
        });
    source(
        "overflower",
        () -> {
          throw new StackOverflowError();
        });
    source("fine", saying());

    String body = get("/status").body();

    assertThat(body)
        .contains("thrower: cannot tell its state: IllegalStateException")
        .contains("overflower: cannot tell its state: StackOverflowError")
        .contains("\"fine\":{\"problems\":[]")
        .doesNotContain("4711");
  }

  @Test
  void nonsenseIsCutToBounds() throws Exception {
    Map<String, Object> loop = new HashMap<>();
    loop.put("again", loop);
    Map<String, Object> many = new HashMap<>();
    for (int i = 0; i < 5_000; i++) {
      many.put("k" + i, i);
    }
    source("loop", () -> new Status(List.of(), Map.of("loop", loop)));
    source("many", () -> new Status(List.of(), many));
    source("long", () -> new Status(List.of("x".repeat(100_000)), Map.of("nan", Double.NaN)));
    source("odd", () -> new Status(List.of("a\nb"), Map.of("odd", new Object(), "k\u0000", 1)));

    assertThat(get("/status").body().length()).isLessThan(20_000);
    assertThat(area("loop").get("facts").toString()).contains("nested too deep");
    assertThat(area("many").get("facts").asObject().size()).isEqualTo(Bounds.MAX_ENTRIES + 1);
    assertThat(area("long").get("facts").asObject().getString("nan", "")).isEqualTo("no number");
    assertThat(area("odd").get("problems").asArray().get(0).asString()).isEqualTo("a b");
    assertThat(get("/metrics").statusCode()).isEqualTo(200);
    assertThat(get("/").statusCode()).isEqualTo(200);
  }

  @Test
  void sourcesThatHangDoNotHoldThePage() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < 10; i++) {
      source(
          "hanging" + i,
          () -> {
            try {
              never.await();
            } catch (InterruptedException stop) {
              Thread.currentThread().interrupt();
            }
            return new Status(List.of(), Map.of());
          });
    }

    for (int round = 0; round < 3; round++) {
      long begin = System.nanoTime();
      assertThat(status().get("problems").asArray().size()).isEqualTo(10);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
    }
    never.countDown();
    await().atMost(LIMIT).until(() -> get("/health").statusCode() == 200);
  }

  @Test
  void thePageEscapesAndShowsProblemsFirst() throws Exception {
    source("a-fine", saying());
    source("z<script>", () -> new Status(List.of("<b>&\""), Map.of("x<y", "<i>")));

    HttpResponse<String> answer = get("/");

    assertThat(answer.body())
        .contains("1 thing to look at")
        .contains("z&lt;script&gt;: &lt;b&gt;&amp;&quot;")
        .doesNotContain("<b>")
        .doesNotContain("<i>")
        .doesNotContain("z<script>")
        .doesNotContainPattern("(src|href)=\"(https?:)?//");
    assertThat(answer.body().indexOf("<h2>z&lt;")).isLessThan(answer.body().indexOf("<h2>a-fine"));
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'");
    assertThat(get("/page.css").body()).contains("prefers-color-scheme");
    assertThat(get("/page.js").headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/javascript");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example", "127.0.0.1.evil.example", "10.0.0.1:8077", "localhost:8077:1", ""})
  void otherHostNamesAreRefused(String host) throws Exception {
    assertThat(firstLine("GET /status HTTP/1.1\r\nHost: " + host)).contains(" 403 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:1", "127.0.0.1:8077", "[::1]:8077"})
  void loopbackNamesAreAnswered(String host) throws Exception {
    assertThat(firstLine("GET /health HTTP/1.1\r\nHost: " + host)).contains(" 200 ");
  }

  @Test
  void onlyReadingIsAnswered() throws Exception {
    String host = "\r\nHost: localhost";
    assertThat(firstLine("POST /status HTTP/1.1" + host + "\r\nContent-Length: 0"))
        .contains(" 405 ");
    assertThat(firstLine("HEAD /status HTTP/1.1" + host)).contains(" 200 ");
    assertThat(firstLine("GET /../etc/passwd HTTP/1.1" + host)).contains(" 404 ");
  }

  private String firstLine(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port())) {
      socket.setSoTimeout((int) LIMIT.toMillis());
      socket
          .getOutputStream()
          .write((request + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      return String.valueOf(in.readLine());
    }
  }

  @Test
  void thePortFileIsThereWhileThePageIs() throws Exception {
    int port = port();

    assertThat(Files.readString(folder.resolve("run/status.port")).strip())
        .isEqualTo(Integer.toString(port));
    page.close();
    assertThat(folder.resolve("run/status.port")).doesNotExist();
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().startsWith("status-")));
  }

  @Test
  void aPortThatIsTakenIsOpenedOnceItIsFree() throws Exception {
    page.close();
    try (ServerSocket other =
        new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      page = open(other.getLocalPort());
      assertThat(page.port()).isEmpty();
    }

    assertThat(get("/health").statusCode()).isEqualTo(200);
  }

  @Test
  void refusesAPortOutOfRange() {
    assertThatThrownBy(() -> open(65_536))
        .hasMessage("io.kete.status.StatusPage: port must be between 0 and 65535");
  }

  @Test
  void theFrameworkOffersTheHttpServer() {
    assertThat(framework.adapt(BundleWiring.class).getCapabilities("osgi.wiring.package"))
        .anyMatch(
            capability ->
                "com.sun.net.httpserver"
                    .equals(capability.getAttributes().get("osgi.wiring.package")));
  }
}
