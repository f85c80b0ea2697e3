// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.kura;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.eclipse.osgi.launch.EquinoxFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;

/**
 * Kura's platform of 2024 in this process, with its Deployment Admin. Kura's API comes from the
 * class path, so that a test can stand in for Kura's services.
 */
final class Gateway implements AutoCloseable {

  private final Framework framework;
  private final Path directory;

  private Gateway(Framework framework, Path directory) {
    this.framework = framework;
    this.directory = directory;
  }

  /** Starts a new one; everything it writes is in the directory. */
  static Gateway start(Path directory) throws IOException, BundleException {
    Map<String, String> configuration = new HashMap<>();
    configuration.put(Constants.FRAMEWORK_STORAGE, directory.resolve("storage").toString());
    configuration.put(Constants.FRAMEWORK_STORAGE_CLEAN, "onFirstInit");
    configuration.put(Constants.FRAMEWORK_BUNDLE_PARENT, "boot");
    configuration.put("osgi.compatibility.bootdelegation", "false");
    configuration.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, kuraApi());
    configuration.put("kura.user.dir", directory.resolve("user").toString());
    configuration.put("kura.home", directory.toString());
    configuration.put("kete.developer.unsigned", "true");
    Framework framework = new EquinoxFactory().newFramework(configuration);
    framework.start();
    Gateway gateway = new Gateway(framework, directory);
    List<Bundle> platform = new ArrayList<>();
    for (String place : List.of("kura", "kura-2024")) {
      try (Stream<Path> files = Files.list(Home.TARGET.resolve(place))) {
        for (Path file : files.sorted().toList()) {
          platform.add(gateway.context().installBundle(file.toUri().toString()));
        }
      }
    }
    for (Bundle bundle : platform) {
      bundle.start();
    }
    return gateway;
  }

  private static String kuraApi() throws IOException {
    try (Stream<Path> files = Files.list(Home.TARGET.resolve("kura-api"));
        JarFile jar = new JarFile(files.findFirst().orElseThrow().toFile())) {
      return jar.getManifest().getMainAttributes().getValue(Constants.EXPORT_PACKAGE);
    }
  }

  BundleContext context() {
    return framework.getBundleContext();
  }

  Path directory() {
    return directory;
  }

  /** A bundle of ours. */
  Optional<Bundle> bundle(String symbolicName) {
    return Arrays.stream(context().getBundles())
        .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
        .findFirst();
  }

  /** All bundles that came in packages. */
  List<Bundle> deployed() {
    return Arrays.stream(context().getBundles())
        .filter(bundle -> bundle.getLocation().startsWith("osgi-dp:"))
        .toList();
  }

  /** Installs or upgrades a package, as Kura's deployment agent does. */
  void install(Path file) throws Exception {
    try (InputStream content = Files.newInputStream(file)) {
      call(admin(), "installDeploymentPackage", content);
    }
  }

  /** Removes a package. */
  void uninstall(String name) throws Exception {
    call(call(admin(), "getDeploymentPackage", name), "uninstall");
  }

  private Object admin() {
    return service("org.osgi.service.deploymentadmin.DeploymentAdmin");
  }

  /** Configures a component under its PID. */
  void singleton(String pid, Object... pairs) throws Exception {
    Object admin = service("org.osgi.service.cm.ConfigurationAdmin");
    call(call(admin, "getConfiguration", pid, "?"), "update", properties(pid, pairs));
  }

  /** Makes an instance of a factory, named as Kura names it. */
  void instance(String factory, String name, Object... pairs) throws Exception {
    Object admin = service("org.osgi.service.cm.ConfigurationAdmin");
    call(
        call(admin, "createFactoryConfiguration", factory, "?"), "update", properties(name, pairs));
  }

  /** Properties of what Kura calls by that name; key, value, key, value. */
  @SuppressWarnings("JdkObsolete") // OSGi wants a Dictionary, and the JDK has no other
  static Dictionary<String, Object> properties(String name, Object... pairs) {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put("kura.service.pid", name);
    for (int i = 0; i < pairs.length; i += 2) {
      properties.put((String) pairs[i], pairs[i + 1]);
    }
    return properties;
  }

  private Object service(String type) {
    ServiceReference<?> reference =
        Objects.requireNonNull(context().getServiceReference(type), type);
    return Objects.requireNonNull(context().getService(reference), type);
  }

  /** The test sees these services by name only; their types belong to bundles. */
  private static Object call(Object target, String name, Object... arguments) throws Exception {
    for (Method method : target.getClass().getMethods()) {
      if (method.getName().equals(name) && accepts(method.getParameterTypes(), arguments)) {
        method.setAccessible(true);
        Object result = method.invoke(target, arguments);
        return result == null ? "" : result;
      }
    }
    throw new NoSuchMethodException(name);
  }

  private static boolean accepts(Class<?>[] types, Object[] arguments) {
    boolean accepted = types.length == arguments.length;
    for (int i = 0; accepted && i < types.length; i++) {
      accepted = types[i].isInstance(arguments[i]);
    }
    return accepted;
  }

  @Override
  public void close() throws BundleException {
    framework.stop();
    try {
      framework.waitForStop(20_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
