// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;

/**
 * Some bundles of the built product in a framework of their own, whose API classes are those of
 * this program, so that it can call their services.
 */
public final class Container implements AutoCloseable {

  private static final List<String> PLATFORM =
      List.of(
          "slf4j-api",
          "slf4j-jdk14",
          "org.osgi.util.function",
          "org.osgi.util.promise",
          "org.osgi.service.component",
          "org.apache.felix.eventadmin",
          "org.apache.felix.configadmin",
          "org.apache.felix.scr",
          "minimal-json",
          "bcprov",
          "bcutil",
          "bcpkix");
  private static final List<String> API =
      List.of("io.kete.kura.api", "io.kete.data.api", "io.kete.policy.api", "io.kete.buffer.api");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(20);

  private final Framework framework;
  private final Map<String, Object> configurations = new HashMap<>();

  /** Starts them; the folder is for what they write. */
  public Container(Path data, String... bundles) throws IOException, BundleException {
    Path folder =
        Path.of(System.getProperty("kete.root", "."))
            .resolve("distribution/kete/target/kete-1.0.0/kete-1.0.0/bundles");
    StringBuilder exports = new StringBuilder();
    for (String api : API) {
      try (JarFile jar = new JarFile(jar(folder, api).toFile())) {
        String packages = jar.getManifest().getMainAttributes().getValue("Export-Package");
        exports.append(exports.isEmpty() ? "" : ",").append(packages);
      }
    }
    Map<String, String> properties = new HashMap<>();
    properties.put("org.osgi.framework.storage", data.resolve("framework").toString());
    properties.put("org.osgi.framework.system.packages.extra", exports.toString());
    properties.put("kete.data", data.toString());
    properties.put("kete.config", data.toString());
    properties.put("kete.developer.unsigned", "true");
    framework = new FrameworkFactory().newFramework(properties);
    framework.start();
    List<Bundle> installed = new ArrayList<>();
    for (String name : Stream.concat(PLATFORM.stream(), Stream.of(bundles)).toList()) {
      installed.add(
          framework
              .getBundleContext()
              .installBundle(jar(folder, name).toUri().toString().replace("file:///", "file:/")));
    }
    for (Bundle bundle : installed) {
      if (bundle.getHeaders().get("Fragment-Host") == null) {
        bundle.start();
      }
    }
  }

  private static Path jar(Path folder, String name) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches(name + "-[\\w.-]*jar"))
          .filter(file -> file.getFileName().toString().matches(name + "(-jdk18on)?-\\d.*"))
          .findFirst()
          .orElseThrow(
              () -> new IOException("no bundle " + name + " in " + folder + File.separator));
    }
  }

  /** For what the program itself offers or installs. */
  public BundleContext context() {
    return framework.getBundleContext();
  }

  /**
   * Configures a component; the second time it is a change. Instances of a factory are told apart
   * by their {@code kura.service.pid}.
   */
  public void configure(String pid, boolean factory, Map<String, ?> values) throws Exception {
    Object admin = any("org.osgi.service.cm.ConfigurationAdmin", "(service.pid=*)");
    String instance = pid + values.get("kura.service.pid");
    Object configuration = configurations.get(instance);
    if (configuration == null) {
      String method = factory ? "createFactoryConfiguration" : "getConfiguration";
      Method get = admin.getClass().getMethod(method, String.class, String.class);
      configuration = get.invoke(admin, pid, "?");
      configurations.put(instance, configuration);
    }
    Dictionary<String, Object> dictionary = new Hashtable<>(values);
    configuration
        .getClass()
        .getMethod("update", Dictionary.class)
        .invoke(configuration, dictionary);
  }

  /** A service, as soon as there is one. */
  public <T> T service(Class<T> type, String filter) throws Exception {
    return type.cast(any(type.getName(), filter));
  }

  private Object any(String type, String filter) {
    return await("service " + type + filter)
        .atMost(PATIENCE)
        .pollInterval(LOOK)
        .until(() -> present(type, filter), Optional::isPresent)
        .orElseThrow();
  }

  private Optional<Object> present(String type, String filter) throws InvalidSyntaxException {
    BundleContext context = framework.getBundleContext();
    ServiceReference<?>[] found = context.getAllServiceReferences(type, filter);
    return Arrays.stream(found == null ? new ServiceReference<?>[0] : found)
        .<Object>map(context::getService)
        .filter(Objects::nonNull)
        .findFirst();
  }

  @Override
  public void close() throws BundleException, InterruptedException {
    framework.stop();
    framework.waitForStop(PATIENCE.toMillis());
  }
}
