// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.repository;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kete.container.deploy.fetch.HttpsTrust;
import io.kete.container.deploy.install.Trust;
import io.kete.container.deploy.pack.Sha;
import io.kete.policy.api.Verdict;
import io.kete.policy.api.Verifier;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;

/** A repository on a server of this process, good until a test spoils it. */
final class Shelf implements AutoCloseable {

  /** Answers instead of the file. */
  interface Answer {
    void send(HttpExchange exchange) throws IOException;
  }

  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  Shelf() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  /** Trusts a signature that is the digest of the content. */
  static Trust trust() {
    Verifier verifier =
        (purpose, content, signature) -> {
          String expected = Sha.of(content);
          return signature.map(Shelf::text).filter(expected::equals).isPresent()
              ? new Verdict.Trusted("CN=test")
              : new Verdict.Refused("signature does not fit the content");
        };
    return new Trust(() -> Optional.of(verifier), false);
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  Web web() {
    return new Web(
        URI.create(address()),
        new HttpsTrust(Optional::empty),
        new CountDownLatch(1),
        Duration.ofMillis(1));
  }

  /** What was asked for, with the range if there was one. */
  List<String> asked() {
    return asked;
  }

  void put(String path, byte[] content) {
    files.put(path, content);
  }

  byte[] get(String path) {
    return files.getOrDefault(path, new byte[0]);
  }

  void remove(String path) {
    files.remove(path);
  }

  void answer(String path, Answer answer) {
    answers.put(path, answer);
  }

  /** An index of packages without clauses. */
  void index(long increment, Map<String, byte[]> packages) throws IOException {
    StringBuilder xml = new StringBuilder("<?xml version='1.0' encoding='UTF-8'?>\n");
    xml.append("<repository xmlns='http://www.osgi.org/xmlns/repository/v1.0.0' increment='");
    xml.append(increment).append("'>\n");
    for (Map.Entry<String, byte[]> each : new TreeMap<>(packages).entrySet()) {
      String path = "packages/" + each.getKey() + "_1.0.0.dp";
      files.put(path, each.getValue());
      xml.append(resource(each.getKey(), path, each.getValue()));
    }
    files.put("index.xml.gz", gzip(xml.append("</repository>\n").toString()));
  }

  static String resource(String name, String path, byte[] content) {
    return """
        <resource>
          <capability namespace='osgi.identity'>
            <attribute name='osgi.identity' value='%s'/>
            <attribute name='type' value='io.kete.package'/>
            <attribute name='version' type='Version' value='1.0.0'/>
          </capability>
          <capability namespace='osgi.content'>
            <attribute name='osgi.content' value='%s'/>
            <attribute name='url' value='%s'/>
            <attribute name='size' type='Long' value='%d'/>
          </capability>
        </resource>
        """
        .formatted(name, Sha.of(content), path, content.length);
  }

  static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  /** Sums and signature of what is there. */
  void sign(long increment) {
    StringBuilder sums = new StringBuilder("# kete-repository/1 name=test increment=" + increment);
    sums.append('\n');
    new TreeMap<>(files)
        .forEach(
            (path, content) -> {
              if (!path.startsWith("SHA256SUMS")) {
                sums.append(Sha.of(content)).append("  ").append(path).append('\n');
              }
            });
    signAs(sums.toString());
  }

  void signAs(String sums) {
    byte[] bytes = sums.getBytes(StandardCharsets.UTF_8);
    files.put("SHA256SUMS", bytes);
    files.put("SHA256SUMS.p7s", Sha.of(bytes).getBytes(StandardCharsets.UTF_8));
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath().substring(1);
      String range = exchange.getRequestHeaders().getFirst("Range");
      asked.add(range == null ? path : path + " " + range);
      Answer answer = answers.get(path);
      byte[] content = files.get(path);
      if (answer != null) {
        answer.send(exchange);
      } else if (content == null) {
        exchange.sendResponseHeaders(404, -1);
      } else if (range != null) {
        int from = Integer.parseInt(range.replaceAll("\\D", ""));
        String part = "bytes " + from + "-" + (content.length - 1) + "/" + content.length;
        exchange.getResponseHeaders().set("Content-Range", part);
        exchange.sendResponseHeaders(206, content.length - from);
        exchange.getResponseBody().write(content, from, content.length - from);
      } else {
        exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
        exchange.getResponseBody().write(content);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
