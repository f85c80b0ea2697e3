// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.scenario;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kete.repository.MakeRepository;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** A repository as the build makes one, signed by the site, on a plain file server. */
final class Depot implements AutoCloseable {

  static final String NAME = "itest";

  private final Site site;
  private final Path root;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final Map<String, String> redirects = new ConcurrentHashMap<>();

  Depot(Site site) throws IOException {
    this.site = site;
    this.root = site.home().resolve("repository");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  Path root() {
    return root;
  }

  /** Paths that were asked for since the last call. */
  List<String> asked() {
    List<String> all = List.copyOf(asked);
    asked.clear();
    return all;
  }

  /** From now on asking for this gives the address of that. */
  void redirect(String from, String to) {
    redirects.put(from, to);
  }

  void plain() {
    redirects.clear();
  }

  /** Puts another state in place of the one that is there. */
  void offer(long increment, byte[]... packages) throws Exception {
    Path made = site.home().resolve("made");
    Files.createDirectories(made);
    List<Path> files = new ArrayList<>();
    for (byte[] each : packages) {
      files.add(Files.write(made.resolve(files.size() + ".dp"), each));
    }
    Peer signer = site.peer();
    MakeRepository.make(
        files,
        Optional.empty(),
        root,
        NAME,
        increment,
        Optional.of(content -> signer.sign(new String(content, StandardCharsets.UTF_8))));
  }

  /** Everything in the folder, to put back later. */
  void copyTo(Path target) throws IOException {
    copy(root, target);
  }

  void putBack(Path from) throws IOException {
    copy(from, root);
  }

  private static void copy(Path from, Path to) throws IOException {
    if (Files.exists(to)) {
      try (Stream<Path> files = Files.walk(to)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  /** A feature of the product; those of its bundles that are named have another version. */
  static Dp feature(String name, String version, Set<String> changed) throws IOException {
    Path bundles = Product.installation().resolve("bundles");
    String line =
        Files.readAllLines(bundles.resolve("features.list")).stream()
            .filter(each -> each.startsWith(name + " "))
            .findFirst()
            .orElseThrow();
    Dp dp = new Dp(name, version);
    for (String label : line.substring(name.length() + 1).split(" ", -1)) {
      byte[] base = Files.readAllBytes(bundles.resolve(label + "-1.0.0.jar"));
      dp =
          changed.contains(label)
              ? dp.add(label, version, Dp.reversioned(base, version))
              : dp.add(label, "1.0.0", base);
    }
    return dp;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath().substring(1);
      asked.add(path);
      Path file = root.resolve(path);
      String elsewhere = redirects.get(path);
      if (elsewhere != null) {
        exchange.getResponseHeaders().set("Location", "/" + elsewhere);
        exchange.sendResponseHeaders(302, -1);
      } else if (!Files.isRegularFile(file)) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        byte[] content = Files.readAllBytes(file);
        exchange.sendResponseHeaders(200, content.length);
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
