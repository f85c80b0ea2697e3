// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.model;

import static org.awaitility.Awaitility.await;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonValue;
import com.eclipsesource.json.ParseException;
import io.kete.policy.cms.Identity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The installed product with one slot, its packages, and what its status page tells. */
final class UpdateSite implements AutoCloseable {

  static final String GATEWAY = "update-gateway";
  static final String ACCOUNT = "acme";
  static final String PACKAGE = "update-model";

  private static final String MANIFEST = "META-INF/MANIFEST.MF";
  private static final Duration LIFE = Duration.ofDays(30);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(20);

  private final Path data;
  private final Identity authority =
      Identity.ec("update authority", Instant.now().minus(LIFE), Instant.now().plus(LIFE));
  private final HttpClient http = HttpClient.newHttpClient();
  private final Process gateway;

  /** Starts it with an empty slot. */
  UpdateSite(Path root, int broker) throws IOException {
    data = root.resolve("data");
    Path user = data.resolve("user");
    authority.store(user.resolve("anchors/model/authority.pem"));
    authority.store(user.resolve("anchors/package/authority.pem"));
    String template;
    try (var in = UpdateSite.class.getResourceAsStream("update-snapshot.xml")) {
      template = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
    Path seed = user.resolve("snapshots/snapshot_0.xml");
    Files.createDirectories(seed.getParent());
    Files.writeString(
        seed,
        template
            .replace("@broker@", Integer.toString(broker))
            .replace("@gateway@", GATEWAY)
            .replace("@account@", ACCOUNT)
            .replace("@user@", user.toString()));
    Path home =
        Path.of(
            System.getProperty("kete.root", "."), "distribution/kete/target/kete-1.0.0/kete-1.0.0");
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(home.resolve("bin/kete").toString(), "run", "--data", data.toString()))
            .redirectErrorStream(true)
            .redirectOutput(root.resolve("console.log").toFile());
    builder.environment().put("KETE_EXIT_WITH_STDIN", "1");
    builder.environment().put("KETE_CLASSES", "off");
    gateway = builder.start();
    awaitFact("cloud", "connected", "true");
  }

  /** A package that holds a model, as docs/operations.md describes it. */
  Path pack(Path folder, ZooModel model, String version) throws Exception {
    Path jar = model.write(folder.resolve("model-" + version + ".jar"), Optional.of(authority));
    String manifest =
        """
        Manifest-Version: 1.0
        DeploymentPackage-ManifestVersion: 1
        DeploymentPackage-SymbolicName: %s
        DeploymentPackage-Version: %s

        Name: model.jar
        Bundle-SymbolicName: zoo.model
        Bundle-Version: %s

        """
            .formatted(PACKAGE, version, version);
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(MANIFEST, manifest.getBytes(StandardCharsets.UTF_8));
    files.put("model.jar", Files.readAllBytes(jar));
    StringBuilder inventory = new StringBuilder();
    files.forEach(
        (name, bytes) -> inventory.append(digest(bytes)).append("  ").append(name).append('\n'));
    files.put("META-INF/package.p7s", authority.sign(inventory.toString()));
    Path file = folder.resolve(PACKAGE + "-" + version + ".dp");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> each : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(each.getKey()));
        zip.write(each.getValue());
        zip.closeEntry();
      }
    }
    return file;
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns as soon as this version serves. */
  void awaitServing(String version) {
    awaitFact("model.anomaly", "serving", "\"" + version + "\"");
  }

  private void awaitFact(String area, String name, String part) {
    await(area + " " + name + " " + part)
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(LOOK)
        .until(() -> fact(area, name).contains(part));
  }

  private String fact(String area, String name) throws InterruptedException {
    try {
      String port = Files.readString(data.resolve("run/status.port")).strip();
      URI status = URI.create("http://127.0.0.1:" + port + "/status");
      HttpRequest request = HttpRequest.newBuilder(status).timeout(Duration.ofSeconds(5)).build();
      JsonValue value = Json.parse(http.send(request, BodyHandlers.ofString()).body());
      for (String step : List.of("areas", area, "facts", name)) {
        value = value.asObject().get(step);
        if (value == null) {
          return "";
        }
      }
      return value.toString();
    } catch (IOException | NumberFormatException | ParseException e) {
      return "";
    }
  }

  @Override
  public void close() throws InterruptedException {
    gateway.destroy();
    if (!gateway.waitFor(30, TimeUnit.SECONDS)) {
      gateway.destroyForcibly().waitFor();
    }
  }
}
