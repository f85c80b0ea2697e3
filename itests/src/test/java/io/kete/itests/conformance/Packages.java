// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Deployment packages of one bundle, and the server they are fetched from. */
final class Packages implements AutoCloseable {

  static final String NAME = "kete-conformance";
  static final String BUNDLE = "io.kete.conformance.sample";
  private static final int FILLING = 256 * 1024;

  /** How often a connection was cut in the middle, and from where it was taken up again. */
  final AtomicInteger cuts = new AtomicInteger();

  final AtomicInteger resumed = new AtomicInteger();
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final HttpServer server;

  Packages() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    for (String version : new String[] {"1.0.0", "2.0.0"}) {
      files.put("/" + version + ".dp", dp(version));
    }
  }

  String url(String file) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + file;
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

  /** Files below /cut/ lose their connection once, in the middle; a range of them is given. */
  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    boolean cut = path.startsWith("/cut/");
    byte[] file = files.get(cut ? path.substring(4) : path);
    if (file == null) {
      exchange.sendResponseHeaders(404, -1);
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
