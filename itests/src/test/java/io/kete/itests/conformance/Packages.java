// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import javax.net.ssl.SSLContext;

/** Deployment packages of one bundle, and the server they are fetched from. */
final class Packages implements AutoCloseable {

  static final String NAME = "kete-conformance";
  static final String BUNDLE = "io.kete.conformance.sample";

  /** The version whose bundle needs what nobody has. */
  static final String BROKEN = "3.0.0";

  static final String USER = "operator";
  static final String PASSWORD = "let me in";
  private static final String BASIC =
      "Basic "
          + Base64.getEncoder()
              .encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
  private static final int FILLING = 256 * 1024;

  /** How often a connection was cut in the middle, and from where it was taken up again. */
  final AtomicInteger cuts = new AtomicInteger();

  final AtomicInteger resumed = new AtomicInteger();
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final HttpServer server;

  Packages() throws IOException {
    this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
  }

  private Packages(HttpServer server) throws IOException {
    this.server = server;
    server.createContext("/", this::answer);
    server.start();
    for (String version : new String[] {"1.0.0", "2.0.0", BROKEN}) {
      files.put("/" + version + ".dp", dp(version));
    }
  }

  /** A server that shows a certificate. */
  static Packages secured(SSLContext context) throws IOException {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return new Packages(server);
  }

  String url(String file) {
    String server = this.server instanceof HttpsServer ? "https://localhost:" : "http://127.0.0.1:";
    return server + this.server.getAddress().getPort() + "/" + file;
  }

  /** As Kapua really sends it; the block size in the wrong place is a bug of Kapua's. */
  static Map<String, Object> order(long job, String url, String hash) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("job.id", job);
    metrics.put("dp.uri", url);
    metrics.put("dp.name", NAME);
    metrics.put("dp.version", "1.0.0");
    metrics.put("dp.download.protocol", "HTTP");
    metrics.put("dp.install", true);
    metrics.put("dp.install.system.update", false);
    metrics.put("dp.download.force", true);
    metrics.put("dp.download.block.size", 51200);
    metrics.put("dp.download.block.delay", 0);
    metrics.put("dp.download.timeout", 60000);
    metrics.put("dp.reboot", false);
    metrics.put("dp.reboot.delay", 0);
    if (!hash.isEmpty()) {
      metrics.put("dp.download.hash", hash);
    }
    return metrics;
  }

  String hash(String version) {
    byte[] file = files.getOrDefault("/" + version + ".dp", new byte[0]);
    try {
      return "SHA-256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
    } catch (NoSuchAlgorithmException everyJreHasIt) {
      throw new IllegalStateException(everyJreHasIt);
    }
  }

  /**
   * Files below /cut/ lose their connection once, in the middle; a range of them is given. Files
   * below /login/ want the login.
   */
  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    boolean cut = path.startsWith("/cut/");
    byte[] file = files.get(path.replaceFirst("^/(cut|login)/", "/"));
    boolean open =
        !path.startsWith("/login/")
            || BASIC.equals(exchange.getRequestHeaders().getFirst("Authorization"));
    if (file == null || !open) {
      exchange.sendResponseHeaders(open ? 404 : 401, -1);
      exchange.close();
      return;
    }
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D*(\\d+).*", "$1"));
    exchange.getResponseHeaders().set("ETag", "\"" + file.length + "\"");
    exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
    if (from > 0) {
      resumed.incrementAndGet();
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes " + from + "-" + (file.length - 1) + "/" + file.length);
    }
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, file.length - from);
    if (cut && cuts.compareAndSet(0, 1)) {
      exchange.getResponseBody().write(file, from, file.length / 2);
      exchange.getResponseBody().flush();
      exchange.close();
      return;
    }
    exchange.getResponseBody().write(file, from, file.length - from);
    exchange.close();
  }

  private static byte[] dp(String version) throws IOException {
    byte[] bundle = bundle(version);
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("DeploymentPackage-SymbolicName", NAME);
    main.putValue("DeploymentPackage-Version", version);
    Attributes section = new Attributes();
    section.putValue("Bundle-SymbolicName", BUNDLE);
    section.putValue("Bundle-Version", version);
    manifest.getEntries().put("sample.jar", section);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      jar.putNextEntry(new ZipEntry("sample.jar"));
      jar.write(bundle);
    }
    return bytes.toByteArray();
  }

  private static byte[] bundle(String version) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", BUNDLE);
    main.putValue("Bundle-Version", version);
    if (version.equals(BROKEN)) {
      main.putValue("Import-Package", "no.such.thing");
    }
    byte[] filling = new byte[FILLING];
    new Random(version.getBytes(StandardCharsets.UTF_8)[0]).nextBytes(filling);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      jar.putNextEntry(new ZipEntry("filling.bin"));
      jar.write(filling);
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
