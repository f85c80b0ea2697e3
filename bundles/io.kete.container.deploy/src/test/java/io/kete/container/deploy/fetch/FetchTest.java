// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kete.container.deploy.pack.RefusedException;
import io.kete.kapua.codec.deploy.DownloadOrder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.message.KuraPayload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FetchTest {

  private static final int SIZE = 200_000;

  @TempDir Path folder;
  private final byte[] content = new byte[SIZE];
  private final List<String> ranges = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicReference<Handler> handler = new AtomicReference<>();
  private HttpServer server;

  private interface Handler {
    void handle(HttpExchange exchange) throws IOException;
  }

  @BeforeEach
  void serve() throws IOException {
    new Random(1).nextBytes(content);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          ranges.add(String.valueOf(exchange.getRequestHeaders().getFirst("Range")));
          Objects.requireNonNull(handler.get()).handle(exchange);
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private DownloadOrder order(Map<String, Object> more) throws Exception {
    KuraPayload payload = new KuraPayload();
    payload.addMetric("job.id", 1L);
    payload.addMetric("dp.uri", "http://127.0.0.1:" + server.getAddress().getPort() + "/p.dp");
    payload.addMetric("dp.name", "p");
    payload.addMetric("dp.version", "1");
    more.forEach(payload::addMetric);
    return DownloadOrder.of(payload);
  }

  private Fetch fetch(Map<String, Object> more) throws Exception {
    return new Fetch(
        order(more),
        new Source(new HttpsTrust(Optional::empty)),
        new Fetch.Limits(SIZE, Duration.ofSeconds(20)),
        (have, total) -> {});
  }

  private Path file() {
    return folder.resolve("part");
  }

  private void fails(String reason, Map<String, Object> more) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> fetch(more).run(file()))
        .withMessageContaining(reason);
  }

  /** Sends from the wanted byte on, but not more than so many bytes; then the link is lost. */
  private void send(HttpExchange exchange, int most) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    exchange.getResponseHeaders().add("ETag", "\"one\"");
    if (from > 0) {
      exchange
          .getResponseHeaders()
          .add("Content-Range", "bytes " + from + "-" + (SIZE - 1) + "/" + SIZE);
    }
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, SIZE - from);
    OutputStream body = exchange.getResponseBody();
    body.write(content, from, Math.min(most, SIZE - from));
    body.flush();
    exchange.close();
  }

  @Test
  void fetchesAFile() throws Exception {
    handler.set(exchange -> send(exchange, SIZE));
    fetch(Map.of()).run(file());
    assertThat(file()).hasBinaryContent(content);
  }

  @Test
  void goesOnWhereTheLinkWasLost() throws Exception {
    handler.set(exchange -> send(exchange, 70_000));
    fetch(Map.of()).run(file());
    assertThat(file()).hasBinaryContent(content);
    assertThat(ranges).hasSizeGreaterThan(2).element(0).isEqualTo("null");
    assertThat(ranges.get(1)).matches("bytes=[1-9]\\d*-");
  }

  @Test
  void beginsAnewWhereTheServerKnowsNoRanges() throws Exception {
    handler.set(
        exchange -> {
          exchange.sendResponseHeaders(200, SIZE);
          exchange.getResponseBody().write(content, 0, ranges.size() < 2 ? 70_000 : SIZE);
          exchange.getResponseBody().flush();
          exchange.close();
        });
    fetch(Map.of()).run(file());
    assertThat(file()).hasBinaryContent(content);
  }

  @Test
  void aFileThatIsAlwaysCutOffFails() {
    handler.set(
        exchange -> {
          exchange.sendResponseHeaders(200, SIZE);
          exchange.getResponseBody().write(content, 0, 1000);
          exchange.getResponseBody().flush();
          exchange.close();
        });
    fails("cut off", Map.of());
  }

  @Test
  void sendsTheLoginAndTellsARefusal() throws Exception {
    String basic =
        "Basic " + Base64.getEncoder().encodeToString("me:secret".getBytes(StandardCharsets.UTF_8));
    handler.set(
        exchange -> {
          if (basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            send(exchange, SIZE);
          } else {
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
          }
        });
    fails("401", Map.of());
    fetch(Map.of("dp.download.username", "me", "dp.download.password", "secret")).run(file());
    assertThat(file()).hasBinaryContent(content);
  }

  @Test
  void whatCannotGetBetterFailsAtOnce() {
    handler.set(
        exchange -> {
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    fails("404", Map.of());
    handler.set(
        exchange -> {
          exchange.sendResponseHeaders(200, SIZE + 1L);
          exchange.getResponseBody().flush(); // a newer server keeps the headers until then
          exchange.close();
        });
    fails("package.max-bytes", Map.of());
    handler.set(
        exchange -> {
          exchange.getResponseHeaders().add("Location", "file:/etc/passwd");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    fails("redirects away", Map.of());
    server.stop(0);
    fails("cannot be reached", Map.of());
  }

  @Test
  void followsARedirectWithoutShowingTheLoginToOthers() throws Exception {
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    List<String> shown = new CopyOnWriteArrayList<>();
    other.createContext(
        "/",
        exchange -> {
          shown.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          send(exchange, SIZE);
        });
    other.start();
    handler.set(
        exchange -> {
          exchange
              .getResponseHeaders()
              .add("Location", "http://127.0.0.1:" + other.getAddress().getPort() + "/q");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    fetch(Map.of("dp.download.username", "me", "dp.download.password", "secret")).run(file());
    other.stop(0);
    assertThat(file()).hasBinaryContent(content);
    assertThat(shown).containsExactly("null");
  }

  @Test
  void aDownloadThatWasCancelledEnds() throws Exception {
    Fetch fetch = fetch(Map.of("dp.download.block.size", 1000, "dp.download.block.delay", 20));
    handler.set(
        exchange -> {
          fetch.cancel();
          send(exchange, SIZE);
        });
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> fetch.run(file()))
        .withMessage("cancelled");
  }
}
