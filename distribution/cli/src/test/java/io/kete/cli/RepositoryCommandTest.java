// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The gateway's side of an order is played by the test. */
class RepositoryCommandTest {

  @TempDir private Path data;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private Process process;

  @BeforeEach
  void aGatewayRuns() throws IOException {
    process = new ProcessBuilder("sleep", "60").start();
    Files.createDirectories(data.resolve("run"));
    Files.writeString(data.resolve("run/kete.pid"), process.pid() + "\n");
  }

  @AfterEach
  void itEnds() {
    process.destroyForcibly();
  }

  private int kete(String... words) {
    String[] all =
        Stream.concat(Stream.of(words), Stream.of("--data", data.toString()))
            .toArray(String[]::new);
    CommandLine line = Kete.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(all);
  }

  private List<Path> files(String ending) {
    Path folder = data.resolve("dropin/repository");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes the order as a gateway does, and answers. */
  private CompletableFuture<Properties> answer(boolean good, String message, String... progress) {
    return CompletableFuture.supplyAsync(
        () -> {
          await().until(() -> files(".order").size() == 1);
          Path file = files(".order").get(0);
          String id = file.getFileName().toString().replace(".order", "");
          try {
            Properties order = new Properties();
            order.load(new StringReader(Files.readString(file)));
            Files.write(file.resolveSibling(id + ".progress"), List.of(progress));
            String text = "good=" + good + "\nmessage=" + message + "\n";
            Files.writeString(file.resolveSibling(id + ".outcome"), text);
            Files.delete(file);
            return order;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Test
  void anOrderIsGivenAndItsProgressAndOutcomeAreTold() throws Exception {
    CompletableFuture<Properties> gateway = answer(true, "one 1.1.0 installed", "fetching one");
    int code = kete("install", "one@[1,2)", "two", "--repository", "http://host/r/");
    assertThat(code).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).containsSubsequence("fetching one", "one 1.1.0 installed");
    Properties order = gateway.get();
    assertThat(order.getProperty("what")).isEqualTo("install");
    assertThat(order.getProperty("packages")).isEqualTo("one@[1,2) two");
    assertThat(order.getProperty("repository")).isEqualTo("http://host/r/");
    assertThat(files("")).isEmpty();
  }

  @Test
  void aRefusalIsToldAndGivesOne() throws Exception {
    var unused = answer(false, "its signature is not accepted");
    assertThat(kete("update", "--repository", data.toString())).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("not done: its signature is not accepted");
    assertThat(unused.get().getProperty("repository")).startsWith("file:/");
  }

  @Test
  void theListIsATableOrJson() throws Exception {
    String[] lines = {"package one 1.0.0 1.1.0", "package two - 2.0.0"};
    var table = answer(true, "listed", lines);
    assertThat(kete("list")).isEqualTo(ExitCode.OK);
    assertThat(table.get().getProperty("what")).isEqualTo("list");
    assertThat(out.toString())
        .containsPattern("one +1.0.0 +1.1.0")
        .containsPattern("two +- +2.0.0");
    out.getBuffer().setLength(0);
    var json = answer(true, "listed", lines);
    assertThat(kete("list", "--json")).isEqualTo(ExitCode.OK);
    assertThat(json.get().getProperty("packages")).isEmpty();
    JsonObject answer = Json.parse(out.toString()).asObject();
    JsonObject two = answer.get("packages").asArray().get(1).asObject();
    assertThat(two.get("installed").isNull()).isTrue();
    assertThat(two.getString("available", "")).isEqualTo("2.0.0");
  }

  @Test
  void programsGetTheOutcomeAsAnObject() throws Exception {
    var good = answer(true, "one 1.1.0 installed", "fetching one");
    assertThat(kete("install", "one", "--json")).isEqualTo(ExitCode.OK);
    good.get();
    JsonObject done = Json.parse(out.toString()).asObject();
    assertThat(done.getBoolean("done", false)).isTrue();
    assertThat(done.getString("message", "")).isEqualTo("one 1.1.0 installed");
    out.getBuffer().setLength(0);
    var bad = answer(false, "its signature is not accepted");
    assertThat(kete("update", "--json")).isEqualTo(ExitCode.FAILED);
    bad.get();
    JsonObject refused = Json.parse(out.toString()).asObject();
    assertThat(refused.getBoolean("done", true)).isFalse();
    assertThat(refused.getString("message", "")).contains("signature");
    out.getBuffer().setLength(0);
    Files.delete(data.resolve("run/kete.pid"));
    assertThat(kete("list", "--json")).isEqualTo(ExitCode.NOT_RUNNING);
    assertThat(Json.parse(out.toString()).asObject().getString("message", ""))
        .contains("no gateway is running");
  }

  @Test
  void theHelpTellsTheExitCodes() {
    for (String command : new String[] {"install", "update", "list"}) {
      out.getBuffer().setLength(0);
      assertThat(kete(command, "--help")).isEqualTo(ExitCode.OK);
      assertThat(out.toString()).contains("Exit codes:", "No gateway is running");
    }
  }

  @Test
  void withoutAGatewayThereIsNoOrder() throws Exception {
    Files.delete(data.resolve("run/kete.pid"));
    assertThat(kete("update")).isEqualTo(ExitCode.NOT_RUNNING);
    assertThat(files("")).isEmpty();
  }

  @Test
  void theLimitOfTheWaitIsKeptAndTheOrderStays() {
    assertThat(kete("update", "--wait", "1")).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("no outcome after 1 s");
    assertThat(files(".order")).hasSize(1);
    assertThat(Optional.of(kete("install"))).contains(ExitCode.USAGE);
  }
}
