// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.link;

import static org.awaitility.Awaitility.await;

import io.kete.policy.api.DataPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** The bundles of the built product that have to do with the link; their API is this program's. */
final class Framework implements AutoCloseable {

  private static final List<String> BUNDLES =
      List.of(
          "slf4j-api",
          "slf4j-jdk14",
          "org.osgi.util.function",
          "org.osgi.util.promise",
          "org.osgi.service.component",
          "org.osgi.service.log",
          "org.apache.felix.eventadmin",
          "org.apache.felix.configadmin",
          "org.apache.felix.scr",
          "org.apache.felix.metatype",
          "org.eclipse.paho.client.mqttv3",
          "io.kete.kapua.codec",
          "io.kete.buffer.h2",
          "io.kete.container.cloud",
          "io.kete.uplink.cloud");
  private static final List<String> API =
      List.of("io.kete.kura.api", "io.kete.data.api", "io.kete.policy.api", "io.kete.buffer.api");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final org.osgi.framework.launch.Framework framework;
  private final Map<String, Object> configurations = new HashMap<>();

  Framework(Path data) throws IOException, BundleException {
    Path folder =
        Path.of(System.getProperty("kete.root", "."))
            .resolve("distribution/kete/target/kete-1.0.0/kete-1.0.0/bundles");
    StringBuilder exports = new StringBuilder();
    for (String api : API) {
      try (JarFile jar = new JarFile(jar(folder, api).orElseThrow().toFile())) {
        String packages = jar.getManifest().getMainAttributes().getValue("Export-Package");
        exports.append(exports.isEmpty() ? "" : ",").append(packages);
      }
    }
    framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(
                    "org.osgi.framework.storage", data.resolve("framework").toString(),
                    "org.osgi.framework.system.packages.extra", exports.toString(),
                    "kete.data", data.toString()));
    framework.start();
    BundleContext context = framework.getBundleContext();
    context.registerService(DataPolicy.class, new OpenPolicy(), new Hashtable<>());
    List<Bundle> installed = new ArrayList<>();
    for (String name : BUNDLES) {
      Optional<Path> jar = jar(folder, name);
      if (jar.isPresent()) {
        installed.add(context.installBundle(jar.get().toUri().toString()));
      }
    }
    for (Bundle bundle : installed) {
      if (bundle.getHeaders().get("Fragment-Host") == null) {
        bundle.start();
      }
    }
  }

  private static Optional<Path> jar(Path folder, String name) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).matches(name + "-\\d.*jar"))
          .findFirst();
    }
  }

  /** Configures an instance of a factory; the second time it is a change. */
  void configure(String pid, Map<String, ?> values) throws Exception {
    Object admin = any("org.osgi.service.cm.ConfigurationAdmin", "(service.pid=*)");
    Object configuration = configurations.get(pid);
    if (configuration == null) {
      configuration =
          admin
              .getClass()
              .getMethod("createFactoryConfiguration", String.class, String.class)
              .invoke(admin, pid, "?");
      configurations.put(pid, configuration);
    }
    configuration
        .getClass()
        .getMethod("update", Dictionary.class)
        .invoke(configuration, new Hashtable<>(values));
  }

  /** A service, as soon as there is one. */
  <T> T service(Class<T> type, String filter) {
    return type.cast(any(type.getName(), filter));
  }

  private Object any(String type, String filter) {
    return await("service " + type + filter)
        .atMost(PATIENCE)
        .until(() -> present(type, filter), Optional::isPresent)
        .orElseThrow();
  }

  private Optional<Object> present(String type, String filter) throws InvalidSyntaxException {
    BundleContext context = framework.getBundleContext();
    ServiceReference<?>[] found = context.getAllServiceReferences(type, filter);
    return found == null ? Optional.empty() : Optional.ofNullable(context.getService(found[0]));
  }

  @Override
  public void close() throws BundleException, InterruptedException {
    framework.stop();
    framework.waitForStop(PATIENCE.toMillis());
  }
}
