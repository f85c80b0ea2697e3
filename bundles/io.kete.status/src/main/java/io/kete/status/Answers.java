// SPDX-License-Identifier: EPL-2.0
package io.kete.status;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Answers GET and HEAD. A request whose Host is not this machine's loopback name is refused: a web
 * page elsewhere could otherwise make a browser on this machine read the status under a name that
 * resolves to 127.0.0.1.
 */
final class Answers implements HttpHandler {
  private static final Pattern LOOPBACK =
      Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?", Pattern.CASE_INSENSITIVE);
  private static final Set<String> METHODS = Set.of("GET", "HEAD");
  private static final String PLAIN = "text/plain; charset=utf-8";

  private final Supplier<Report> reports;
  private final Answer style = resource("page.css", "text/css; charset=utf-8");
  private final Answer script = resource("page.js", "text/javascript; charset=utf-8");

  Answers(Supplier<Report> reports) {
    this.reports = reports;
  }

  private record Answer(int code, String type, String body) {}

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      send(exchange, answer(exchange));
    }
  }

  private Answer answer(HttpExchange exchange) {
    if (!isLocal(exchange.getRequestHeaders().getFirst("Host"))) {
      return new Answer(403, PLAIN, "This page is for names of this machine only.\n");
    }
    if (!METHODS.contains(exchange.getRequestMethod())) {
      return new Answer(405, PLAIN, "Only GET is answered.\n");
    }
    return switch (exchange.getRequestURI().getPath()) {
      case "/" -> new Answer(200, "text/html; charset=utf-8", PageForm.of(reports.get()));
      case "/status" ->
          new Answer(200, "application/json; charset=utf-8", JsonForm.of(reports.get()));
      case "/metrics" ->
          new Answer(
              200, "text/plain; version=0.0.4; charset=utf-8", MetricsForm.of(reports.get()));
      case "/health" -> health(reports.get());
      case "/page.css" -> style;
      case "/page.js" -> script;
      default -> new Answer(404, PLAIN, "There are /, /status, /health and /metrics.\n");
    };
  }

  static boolean isLocal(@Nullable String host) {
    return Optional.ofNullable(host)
        .filter(name -> LOOPBACK.matcher(name.strip()).matches())
        .isPresent();
  }

  private static Answer health(Report report) {
    return report.isWell()
        ? new Answer(200, PLAIN, "ok\n")
        : new Answer(503, PLAIN, String.join("\n", report.problems()) + "\n");
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", answer.type());
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:;"
            + " frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(answer.code(), -1);
      return;
    }
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.code(), body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private static Answer resource(String name, String type) {
    try (InputStream in = Answers.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the bundle lacks " + name);
      }
      return new Answer(200, type, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
