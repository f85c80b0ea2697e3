// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.apache.felix.cm.impl.Activator;
import org.apache.felix.framework.FrameworkFactory;
import org.awaitility.core.ThrowingRunnable;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.request.RequestHandler;
import org.eclipse.kura.cloudconnection.request.RequestHandlerRegistry;
import org.eclipse.kura.crypto.CryptoService;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.launch.Framework;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * A framework with ConfigurationAdmin in it, bundles made of a manifest and a metatype file, and
 * the service under test.
 */
final class Gateway {
  static final String VALVE = "io.example.Valve";

  private final Map<String, RequestHandler> handlers = new ConcurrentHashMap<>();
  private static final String NONCE = "bm9uY2Ugb2YgMTI0";
  private static final long STOP_MILLIS = 10_000;

  private final Path folder;
  private final Framework framework;
  private final Activator configurationAdmin = new Activator();
  private final ConfigurationAdmin admin;
  private final SnapshotConfigurationService[] service = new SnapshotConfigurationService[1];

  Gateway(Path folder) throws Exception {
    this.folder = folder;
    Map<String, String> settings = new HashMap<>();
    settings.put("org.osgi.framework.storage", folder.resolve("cache").toString());
    settings.put("felix.cm.dir", folder.resolve("cm").toString());
    settings.put("kura.snapshots", folder.resolve("snapshots").toString());
    framework = new FrameworkFactory().newFramework(settings);
    framework.start();
    BundleContext context = framework.getBundleContext();
    configurationAdmin.start(context);
    admin = context.getService(context.getServiceReference(ConfigurationAdmin.class));
  }

  /** A cloud connection that only knows its request handlers. */
  void registerCloud() {
    RequestHandlerRegistry registry =
        new RequestHandlerRegistry() {
          @Override
          public void registerRequestHandler(String id, RequestHandler handler) {
            handlers.put(id, handler);
          }

          @Override
          public void unregister(String id) {
            handlers.remove(id);
          }
        };
    framework.getBundleContext().registerService(RequestHandlerRegistry.class, registry, null);
  }

  Optional<RequestHandler> handler(String id) {
    return Optional.ofNullable(handlers.get(id));
  }

  void start() {
    service[0] =
        new SnapshotConfigurationService(
            framework.getBundleContext(), admin, Clock.systemUTC(), Duration.ofMillis(500));
  }

  void stopService() {
    if (service[0] != null) {
      service[0].close();
    }
  }

  void restart() {
    stopService();
    start();
  }

  SnapshotConfigurationService service() {
    return service[0];
  }

  /** What ConfigurationAdmin has for a component; empty when nothing. */
  Map<String, Object> delivered(String pid) throws Exception {
    Configuration[] found = admin.listConfigurations("(kura.service.pid=" + pid + ")");
    Map<String, Object> values = new HashMap<>();
    if (found != null) {
      Dictionary<String, Object> properties = found[0].getProperties();
      Collections.list(properties.keys()).forEach(key -> values.put(key, properties.get(key)));
    }
    return values;
  }

  Path newestSnapshot() throws Exception {
    long newest = service().getSnapshots().stream().mapToLong(Long::longValue).max().orElseThrow();
    return folder.resolve("snapshots/snapshot_" + newest + ".xml");
  }

  /** Installs a bundle and resolves it. */
  Bundle install(String name, String pid, String metatype) throws Exception {
    Bundle bundle =
        framework
            .getBundleContext()
            .installBundle(
                name, jar(name, Map.of(), "OSGI-INF/metatype/" + pid + ".xml", metatype));
    bundle.start();
    return bundle;
  }

  void update(Bundle bundle, String pid, String metatype) throws Exception {
    bundle.update(
        jar(bundle.getSymbolicName(), Map.of(), "OSGI-INF/metatype/" + pid + ".xml", metatype));
  }

  /** A bundle that says it is going to offer a CryptoService. */
  void installCryptoProvider() throws Exception {
    String capability =
        "osgi.service;objectClass:List<String>=\"" + CryptoService.class.getName() + "\"";
    framework
        .getBundleContext()
        .installBundle(
            "crypto", jar("crypto", Map.of("Provide-Capability", capability), "none.txt", ""))
        .start();
  }

  /** A cipher that turns texts round. */
  void registerCrypto() {
    CryptoService cipher =
        (CryptoService)
            Proxy.newProxyInstance(
                CryptoService.class.getClassLoader(),
                new Class<?>[] {CryptoService.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "encryptAes" -> sealed(new String((char[]) arguments[0])).toCharArray();
                      case "decryptAes" -> decrypted((char[]) arguments[0]);
                      default -> throw new UnsupportedOperationException(method.getName());
                    });
    framework.getBundleContext().registerService(CryptoService.class, cipher, null);
  }

  /** The form CryptoService gives a text: nonce, hyphen, ciphertext, both in Base64. */
  static String sealed(String text) {
    return NONCE
        + "-"
        + Base64.getEncoder().encodeToString(reversed(text).getBytes(StandardCharsets.UTF_8));
  }

  private static char[] decrypted(char[] text) throws Exception {
    String encrypted = new String(text);
    if (!encrypted.startsWith(NONCE + "-")) {
      throw new KuraException(KuraErrorCode.DECODER_ERROR);
    }
    byte[] bytes = Base64.getDecoder().decode(encrypted.substring(NONCE.length() + 1));
    return reversed(new String(bytes, StandardCharsets.UTF_8)).toCharArray();
  }

  private static String reversed(String text) {
    return new StringBuilder(text).reverse().toString();
  }

  private static InputStream jar(
      String name, Map<String, String> headers, String file, String content) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", name);
    headers.forEach(main::putValue);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      jar.putNextEntry(new ZipEntry(file));
      jar.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }

  static String metatype(String pid, boolean factory, String ads) {
    return """
        <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.2.0">
          <OCD id="%1$s" name="%1$s">%2$s</OCD>
          <Designate %3$s="%1$s"><Object ocdref="%1$s"/></Designate>
        </metatype:MetaData>
        """
        .formatted(pid, ads, factory ? "factoryPid" : "pid");
  }

  static String property(String key, String type, String value) {
    return "<esf:property name=\"%s\" type=\"%s\"><esf:value>%s</esf:value></esf:property>\n"
        .formatted(key, type, value);
  }

  static String component(String pid, String... properties) {
    return "<esf:configuration pid=\"%s\"><esf:properties>\n%s</esf:properties></esf:configuration>\n"
        .formatted(pid, String.join("", properties));
  }

  static void write(Path file, String... components) throws IOException {
    Files.writeString(
        file,
        "<esf:configurations xmlns:esf=\"http://eurotech.com/esf/2.0\">\n"
            + String.join("", components)
            + "</esf:configurations>");
  }

  static void eventually(ThrowingRunnable check) {
    await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(10)).untilAsserted(check);
  }

  static String valve() {
    return metatype(
        VALVE,
        true,
        """
        <AD id="port" type="Integer" default="502" min="1" max="65535"/>
        <AD id="secret" type="Password" default=""/>
        """);
  }

  static String valveInstance(String pid, String... more) {
    return component(pid, property("service.factoryPid", "String", VALVE), String.join("", more));
  }

  void close() throws Exception {
    stopService();
    configurationAdmin.stop(framework.getBundleContext());
    framework.stop();
    framework.waitForStop(STOP_MILLIS);
  }
}
