// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The installed product in a process, as a user starts it. */
final class Product implements AutoCloseable {

  private final HttpClient client = HttpClient.newHttpClient();
  private final Site site;
  private final String options;
  private Optional<Process> process = Optional.empty();
  private int starts;

  Product(Site site, String options) {
    this.site = site;
    this.options = options;
  }

  /** The one the build made, or the one of the property {@code kete.product}. */
  static Path installation() {
    String chosen = System.getProperty("kete.product", "");
    if (!chosen.isEmpty()) {
      return Path.of(chosen);
    }
    return Platform.root().resolve("distribution/kete/target/kete-1.0.0/kete-1.0.0");
  }

  /** Starts it; what it says goes to a log of its own. */
  Path start() throws IOException {
    Files.deleteIfExists(site.data().resolve("run/status.port"));
    Path log = site.home().resolve("gateway-" + ++starts + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(
            installation().resolve("bin/kete").toString(), "run", "--data", site.data().toString());
    builder.environment().put("KETE_EXIT_WITH_STDIN", "1");
    builder.environment().put("KETE_JAVA_OPTS", options);
    builder
        .environment()
        .put("KETE_JAVA", Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    builder.redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    process = Optional.of(builder.start());
    return log;
  }

  /** SIGKILL: no hook runs, no buffer is flushed. */
  void kill() throws InterruptedException {
    Process running = process.orElseThrow().destroyForcibly();
    assertThat(running.waitFor(10, TimeUnit.SECONDS)).isTrue();
    process = Optional.empty();
  }

  /** SIGTERM. */
  void stop() throws InterruptedException {
    Process running = process.orElseThrow();
    running.destroy();
    assertThat(running.waitFor(30, TimeUnit.SECONDS)).isTrue();
    process = Optional.empty();
  }

  /** Whether a debugger can be attached to it. */
  boolean isHalted() {
    return options.equals(Halt.OPTIONS);
  }

  boolean isRunning() {
    return process.map(Process::isAlive).orElse(false);
  }

  /** Facts of an area of the status; empty ones while there are none. */
  JsonObject facts(String area) {
    try {
      String port = Files.readString(site.data().resolve("run/status.port")).strip();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/status"))
              .timeout(Duration.ofSeconds(5))
              .build();
      JsonValue areas =
          Json.parse(client.send(request, HttpResponse.BodyHandlers.ofString()).body())
              .asObject()
              .get("areas");
      JsonValue found = areas == null ? null : areas.asObject().get(area);
      return found == null ? new JsonObject() : found.asObject().get("facts").asObject();
    } catch (IOException e) {
      return new JsonObject();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(e));
    }
  }

  /** Waits until it answers the console. */
  void awaitReady(Duration limit) {
    Eventually.holds(
        limit,
        () -> {
          assertThat(facts("cloud").getBoolean("connected", false)).isTrue();
          assertThat(facts("deploy").getInt("openOrders", -1)).isNotNegative();
        });
  }

  @Override
  public void close() {
    process.ifPresent(Process::destroyForcibly);
  }
}
