// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ModelCommandTest {

  @TempDir Path data;
  private Optional<Process> gateway = Optional.empty();

  private Path bundle() throws IOException {
    Path file = data.resolve("new.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(entry("model/model.json"));
      zip.write(
          "{\"name\":\"pump\",\"version\":\"2.0.0\",\"file\":\"m.x\"}"
              .getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(entry("model/m.x"));
      zip.write(1);
    }
    return file;
  }

  /** Always the same bytes, whenever it is made. */
  private static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
    return entry;
  }

  /** As if a process that waits for its input were the gateway. */
  private void running() throws IOException {
    gateway = Optional.of(new ProcessBuilder("cat").start());
    Files.createDirectories(data.resolve("run"));
    Files.writeString(data.resolve("run/kete.pid"), gateway.get().pid() + "\n");
  }

  @AfterEach
  void stop() {
    gateway.ifPresent(Process::destroy);
  }

  @Test
  void tellsThatTheGatewayEndedMeanwhile() throws Exception {
    running();
    gateway.get().getOutputStream().close();
    assertThat(execute("model", "install", bundle().toString())).isNotEqualTo(ExitCode.OK);
  }

  private int execute(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--data", data.toString()));
    return Kete.commandLine().execute(all.toArray(new String[0]));
  }

  private String told(String... args) {
    StringWriter out = new StringWriter();
    CommandLine line = Kete.commandLine();
    line.setOut(new PrintWriter(out, true));
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--data", data.toString()));
    int code = line.execute(all.toArray(new String[0]));
    assertThat(code == ExitCode.OK).isNotEqualTo(out.toString().contains("\"failed\""));
    return out.toString();
  }

  @Test
  void installsNothingWhenNoGatewayRuns() throws IOException {
    assertThat(execute("model", "install", bundle().toString())).isEqualTo(ExitCode.NOT_RUNNING);
    assertThat(execute("model", "list")).isEqualTo(ExitCode.NOT_RUNNING);
    assertThat(data.resolve("dropin")).doesNotExist();
    assertThat(execute("model", "install")).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void namesWhatIsNoModelBundleBeforeTheGatewaySeesIt() throws IOException {
    running();
    Path text = Files.writeString(data.resolve("text.jar"), "no jar");
    assertThat(execute("model", "install", text.toString())).isEqualTo(ExitCode.FAILED);
    assertThat(execute("model", "install", data.resolve("none.jar").toString()))
        .isEqualTo(ExitCode.FAILED);
    assertThatIOException()
        .isThrownBy(() -> ModelJar.read(text))
        .withMessageContaining("not a jar");
    assertThat(data.resolve("dropin")).doesNotExist();
  }

  @Test
  void handsTheWholeFileOverAndGivesUpInTime() throws IOException {
    running();
    assertThat(execute("model", "install", "--wait", "1", bundle().toString()))
        .isEqualTo(ExitCode.FAILED);
    String digest = ModelJar.read(bundle()).digest();
    assertThat(data.resolve("dropin/models/pump-" + digest.substring(0, 12) + ".jar"))
        .hasSameBinaryContentAs(bundle());
  }

  @Test
  void tellsThatTheGatewayServesOrRefusesIt() throws IOException {
    running();
    ModelJar jar = ModelJar.read(bundle());
    String facts =
        "{\"areas\":{\"model.s\":{\"facts\":{\"model\":\"pump\",\"serving\":{\"version\":\"2.0.0\",\"digest\":\""
            + jar.digest()
            + "\"}}}}}";
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Path dropped = data.resolve("dropin/models/pump-" + jar.digest().substring(0, 12) + ".jar");
    server.createContext(
        "/status",
        exchange -> {
          byte[] body = facts.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      Files.writeString(data.resolve("run/status.port"), server.getAddress().getPort() + "\n");
      Thread taking = new Thread(() -> take(dropped), "gateway");
      taking.start();
      assertThat(told("model", "install", "--json", bundle().toString()))
          .startsWith("{\"state\":\"installed\",\"model\":\"pump\",\"version\":\"2.0.0\"")
          .contains("\"outcome\":[\"slot s serves pump 2.0.0\"]");
      assertThat(execute("model", "list")).isEqualTo(ExitCode.OK);

      Thread refusing = new Thread(() -> refuse(dropped), "gateway");
      refusing.start();
      assertThat(told("model", "install", "--json", bundle().toString()))
          .contains("\"state\":\"failed\"", "refused: pump 2.0.0: too old");
    } finally {
      server.stop(0);
    }
  }

  private static void take(Path dropped) {
    await().atMost(1, TimeUnit.MINUTES).until(() -> dropped.toFile().delete());
  }

  private void refuse(Path dropped) {
    await().atMost(1, TimeUnit.MINUTES).until(() -> Files.exists(dropped));
    try {
      Path rejected = Files.createDirectories(data.resolve("dropin/rejected"));
      Files.writeString(rejected.resolve(dropped.getFileName() + ".reason"), "too old");
      Files.move(
          dropped, rejected.resolve(dropped.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "install no.jar",
        "list",
        "show s",
        "pin s 1.0.0",
        "promote s",
        "rollback s",
        "verify no.jar --allow-unsigned",
        "verify no.dp --allow-unsigned",
        "package no.onnx --name a --version 1.0.0 --roles a --golden no.csv --unsigned"
      })
  void everyCommandTellsProgramsWhyItFailed(String command) {
    StringWriter out = new StringWriter();
    CommandLine line = Kete.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(new StringWriter(), true));
    List<String> args = new ArrayList<>(List.of("model"));
    args.addAll(List.of(command.split(" ", -1)));
    args.addAll(List.of("--json", "--data", data.toString()));
    boolean gateway = !command.startsWith("verify") && !command.startsWith("package");
    assertThat(line.execute(args.toArray(new String[0])))
        .isEqualTo(gateway ? ExitCode.NOT_RUNNING : ExitCode.FAILED);
    assertThat(Json.parse(out.toString()).asObject().getString("reason", "")).isNotEmpty();
  }

  @Test
  void judgesBySlotPinAndRefusal() {
    ModelJar jar = new ModelJar("pump", "2.0.0", "0123456789abcdef");
    assertOutcome(jar, "{}", 0, "no slot is configured for pump");
    assertOutcome(jar, slot("\"pin\":\"1.0.0\""), 0, "slot s is pinned to 1.0.0");
    assertOutcome(
        jar,
        slot("\"models\":{\"2.0.0@0123456789ab\":\"REJECTED: older\"}"),
        1,
        "slot s refused pump 2.0.0: older");
    JsonObject undecided = Json.parse(slot("\"pin\":\"\"")).asObject();
    assertThat(ModelInstallCommand.outcome(undecided, jar, line -> {})).isEmpty();
  }

  private static String slot(String fact) {
    return "{\"areas\":{\"models\":{\"facts\":{},\"problems\":[\"p\"]},\"model.s\":{\"facts\":{\"model\":\"pump\","
        + fact
        + "}}}}";
  }

  private static void assertOutcome(ModelJar jar, String status, int code, String line) {
    List<String> lines = new ArrayList<>();
    assertThat(ModelInstallCommand.outcome(Json.parse(status).asObject(), jar, lines::add))
        .hasValue(code);
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0)).contains(line);
  }

  @Test
  void listsSlots() {
    String text =
        ModelListCommand.text(
            Json.parse(slot("\"installed\":\"1.0.0\",\"lastRefusal\":\"2.0.0: slow\"")).asObject());
    assertThat(text.lines())
        .anyMatch(line -> line.matches("s +pump +none +- +1.0.0"))
        .contains("  last refused 2.0.0: slow", "  ! p");
  }
}
