// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonValue;
import io.kete.policy.cms.Identity;
import io.kete.policy.cms.trust.CmsSigner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The installed product with everything logged, its configuration, and what it says about itself.
 */
final class CanarySite {

  static final String GATEWAY = "canary-gateway";
  static final String ACCOUNT = "acme";

  /** The password of the broker: in clear in the seed, and on the wire of a link without TLS. */
  static final String PASSWORD = "cAnarYpAsswOrd5081";

  private static final Duration LIFE = Duration.ofDays(30);

  private final Path root;
  private final Path home;
  private final Identity authority = identity("authority");
  final Identity centre = identity("centre");
  private final HttpClient http = HttpClient.newHttpClient();
  private @Nullable Process gateway;

  CanarySite(Path root) throws IOException {
    this.root = root;
    this.home = root.resolve("home");
    copy(
        Path.of(
            System.getProperty("kete.root", "."), "distribution/kete/target/kete-1.0.0/kete-1.0.0"),
        home);
    Path levels = home.resolve("conf/logging.properties");
    Files.writeString(levels, Files.readString(levels).replaceAll("=(INFO|WARNING)", "=FINER"));
  }

  private static Identity identity(String name) {
    return Identity.ec(name, Instant.now().minus(LIFE), Instant.now().plus(LIFE));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  Path data() {
    return root.resolve("data");
  }

  Path home() {
    return home;
  }

  private Path user() {
    return data().resolve("user");
  }

  /** Installs a document; its signature fits, whatever the text is. */
  void policy(String document) throws IOException {
    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
    ByteBuffer der =
        new CmsSigner(authority.keys().getPrivate(), authority.certificate())
            .sign(new ByteArrayInputStream(bytes));
    byte[] signature = new byte[der.remaining()];
    der.get(signature);
    Files.write(user().resolve("policy.json.p7s"), signature);
    Files.write(user().resolve("policy.json"), bytes);
  }

  /** Puts the pump's model where the gateway takes it from. */
  private void model() throws IOException, GeneralSecurityException {
    authority.store(user().resolve("anchors/model/authority.pem"));
    Path dropped = data().resolve("dropin/models/pump-anomaly.jar");
    Files.createDirectories(dropped.getParent());
    SignedModel.write(
        home.resolve("models/io.kete.models.pump.anomaly-1.0.0.jar"),
        dropped,
        new CmsSigner(authority.keys().getPrivate(), authority.certificate()));
  }

  /** The seed configuration, in Kura's snapshot format. */
  void configure(int devicePort, int brokerPort) throws IOException, GeneralSecurityException {
    model();
    centre.store(user().resolve("certificates/centre.pem"));
    authority.store(user().resolve("anchors/policy/authority.pem"));
    Files.writeString(root.resolve("centre.key"), centre.keyPem());
    Files.createDirectories(user().resolve("snapshots"));
    String template;
    try (var in = CanarySite.class.getResourceAsStream("canary-snapshot.xml")) {
      template =
          new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
    StringBuilder channels = new StringBuilder();
    int address = 0;
    for (String name : CanaryDevice.TEXTS) {
      channels.append(channel(name, address, "STRING", "STRING"));
      channels.append(property(name + "#length", "8"));
      address += 8;
    }
    channels.append(channel(CanaryDevice.NUMBER, address, "INT64", "LONG"));
    address += 4;
    for (String name : CanaryDevice.INPUTS.keySet()) {
      channels.append(channel(name, address, "FLOAT64", "DOUBLE"));
      address += 4;
    }
    Files.writeString(
        user().resolve("snapshots/snapshot_0.xml"),
        template
            .replace("@channels@", channels)
            .replace("@device@", Integer.toString(devicePort))
            .replace("@broker@", Integer.toString(brokerPort))
            .replace("@gateway@", GATEWAY)
            .replace("@account@", ACCOUNT)
            .replace("@password@", PASSWORD)
            .replace("@user@", user().toString()));
  }

  private static String channel(String name, int address, String type, String value) {
    return Map.of(
            "#+name",
            name,
            "#+type",
            "READ",
            "#+enabled",
            "true",
            "#+value.type",
            value,
            "#table",
            "HOLDING_REGISTER",
            "#address",
            Integer.toString(address),
            "#data.type",
            type)
        .entrySet()
        .stream()
        .map(entry -> property(name + entry.getKey(), entry.getValue()))
        .reduce("", String::concat);
  }

  private static String property(String name, String value) {
    return "<esf:property name=\"%s\" type=\"String\" array=\"false\" encrypted=\"false\"><esf:value>%s</esf:value></esf:property>%n"
        .formatted(name, value);
  }

  void start() throws IOException {
    Files.deleteIfExists(data().resolve("run/status.port"));
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(home.resolve("bin/kete").toString(), "run", "--data", data().toString()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(root.resolve("console.log").toFile()));
    builder.environment().put("KETE_EXIT_WITH_STDIN", "1");
    gateway = builder.start();
  }

  /** Without a warning. */
  void kill() throws InterruptedException {
    Process running = java.util.Objects.requireNonNull(gateway);
    running.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
  }

  void stop() throws InterruptedException {
    Process running = java.util.Objects.requireNonNull(gateway);
    running.destroy();
    if (!running.waitFor(30, TimeUnit.SECONDS)) {
      running.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }

  /** Takes what the status page shows at present. */
  synchronized void observe(OutputStream out) throws InterruptedException {
    for (String page : List.of("/", "/status", "/metrics")) {
      try {
        out.write(page(page).getBytes(StandardCharsets.UTF_8));
      } catch (IOException | NumberFormatException e) {
        // the gateway is down or starting
      }
    }
  }

  private String page(String path) throws IOException, InterruptedException {
    String port = Files.readString(data().resolve("run/status.port")).strip();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(5))
            .build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  /** A fact of an area of the status; empty text when there is none at present. */
  String fact(String area, String name) throws InterruptedException {
    try {
      JsonValue value = Json.parse(page("/status"));
      for (String step : List.of("areas", area, "facts", name)) {
        value = value.asObject().get(step);
        if (value == null) {
          return "";
        }
      }
      return value.isString() ? value.asString() : value.toString();
    } catch (IOException | NumberFormatException | com.eclipsesource.json.ParseException e) {
      return "";
    }
  }
}
