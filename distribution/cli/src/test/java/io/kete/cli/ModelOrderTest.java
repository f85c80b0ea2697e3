// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that is no more than its drop folder and its status page. */
class ModelOrderTest {

  @TempDir Path data;
  private Process process;
  private HttpServer server;
  private volatile String facts = facts("2.0.0", "", "");
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final PrintStream usualErr = System.err;
  private final PrintStream usualOut = System.out;

  private static String facts(String serving, String pin, String rollback) {
    return "\"model\":\"pump\",\"installed\":\"2.0.0\",\"scored\":7,\"models\":{\"2.0.0@ab\":\"ACTIVE\"},"
        + "\"serving\":{\"version\":\""
        + serving
        + "\",\"digest\":\"ab\"},\"pin\":\""
        + pin
        + "\",\"promote\":\"\",\"rollback\":\""
        + rollback
        + "\"";
  }

  @BeforeEach
  void start() throws IOException {
    process = new ProcessBuilder("cat").start();
    Files.createDirectories(data.resolve("run"));
    Files.writeString(data.resolve("run/kete.pid"), process.pid() + "\n");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/status",
        exchange -> {
          byte[] body =
              ("{\"areas\":{\"model.s\":{\"facts\":{" + facts + "},\"problems\":[\"p\"]}}}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    Files.writeString(data.resolve("run/status.port"), server.getAddress().getPort() + "\n");
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stop() {
    System.setErr(usualErr);
    System.setOut(usualOut);
    server.stop(0);
    process.destroy();
  }

  private int execute(String... args) {
    List<String> all = new ArrayList<>(List.of("model"));
    all.addAll(List.of(args));
    all.addAll(List.of("--data", data.toString()));
    return Kete.commandLine().execute(all.toArray(new String[0]));
  }

  /** Takes the order that comes; what the status says afterwards follows from it. */
  private Thread gateway(UnaryOperator<String> follow) {
    Thread thread =
        new Thread(
            () -> {
              Path folder = data.resolve("dropin/models");
              await().atMost(1, TimeUnit.MINUTES).until(() -> order(folder).length > 0);
              try {
                Path order = order(folder)[0];
                facts = follow.apply(Files.readString(order));
                Files.delete(order);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            },
            "gateway");
    thread.start();
    return thread;
  }

  private static Path[] order(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return new Path[0];
    }
    try (var files = Files.newDirectoryStream(folder, "*.order")) {
      List<Path> found = new ArrayList<>();
      files.forEach(found::add);
      return found.toArray(new Path[0]);
    }
  }

  @Test
  void aPinIsHandedOverAndAwaited() {
    gateway(line -> line.equals("pin s 1.0.0\n") ? facts("1.0.0", "1.0.0", "") : facts);
    assertThat(execute("pin", "s", "1.0.0")).isEqualTo(ExitCode.OK);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("serving      1.0.0  ab", "pinned to    1.0.0", "  ! p");
    gateway(line -> line.equals("unpin s\n") ? facts("2.0.0", "", "") : facts);
    assertThat(execute("pin", "s", "--newest")).isEqualTo(ExitCode.OK);
  }

  @Test
  void aRollbackIsDoneWhenAnotherVersionServes() {
    gateway(line -> line.equals("rollback s\n") ? facts("1.0.0", "", "2.0.0") : facts);
    assertThat(execute("rollback", "s", "--json")).isEqualTo(ExitCode.OK);
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("{\"slot\":\"s\"");
  }

  @Test
  void aPromotionIsDoneWhenThatVersionServes() {
    gateway(
        line ->
            line.equals("promote s 3.0.0\n")
                ? facts("3.0.0", "", "").replace("\"promote\":\"\"", "\"promote\":\"3.0.0\"")
                : facts);
    assertThat(execute("promote", "s", "3.0.0")).isEqualTo(ExitCode.OK);
  }

  @Test
  void theReasonOfTheGatewayIsTold() {
    gateway(
        line -> {
          try {
            Path order = order(data.resolve("dropin/models"))[0];
            Path reason = data.resolve("dropin/rejected/" + order.getFileName() + ".reason");
            Files.createDirectories(reason.getParent());
            Files.writeString(reason, "version 9.0.0 is neither installed nor kept\n");
            return facts;
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
    assertThat(execute("pin", "s", "9.0.0")).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("refused: version 9.0.0 is neither installed nor kept");
  }

  @Test
  void anOrderNobodyTakesIsTakenBack() throws IOException {
    assertThat(execute("rollback", "s", "--wait", "1")).isEqualTo(ExitCode.FAILED);
    assertThat(order(data.resolve("dropin/models"))).isEmpty();
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("did not take the order");
  }

  @Test
  void nothingIsOrderedOfAnUnknownSlotOrWithoutAGateway() {
    assertThat(execute("pin", "t", "1.0.0")).isEqualTo(ExitCode.FAILED);
    assertThat(execute("pin", "s")).isEqualTo(ExitCode.USAGE);
    assertThat(execute("pin", "s", "1.0.0", "--newest")).isEqualTo(ExitCode.USAGE);
    process.destroy();
    await().until(() -> !process.isAlive());
    assertThat(execute("pin", "s", "1.0.0")).isEqualTo(ExitCode.NOT_RUNNING);
    assertThat(execute("show", "s")).isEqualTo(ExitCode.NOT_RUNNING);
    assertThat(data.resolve("dropin")).doesNotExist();
  }

  @Test
  void aSlotIsShownForPeopleAndForPrograms() {
    facts = facts("2.0.0", "", "") + ",\"shadow\":{\"version\":\"3.0.0\",\"samples\":4,\"of\":9}";
    assertThat(execute("show", "s")).isEqualTo(ExitCode.OK);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("shadow       3.0.0, 4 of 9 samples compared", "version      2.0.0@ab  ACTIVE")
        .contains("scored       7");
    out.reset();
    assertThat(execute("show", "s", "--json")).isEqualTo(ExitCode.OK);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"shadow\":{\"version\":\"3.0.0\"");
    out.reset();
    assertThat(execute("list", "--json")).isEqualTo(ExitCode.OK);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("[{\"slot\":\"s\",\"model\":\"pump\"");
    assertThat(execute("show", "t")).isEqualTo(ExitCode.FAILED);
  }
}
