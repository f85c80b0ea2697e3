// SPDX-License-Identifier: EPL-2.0
package io.kete.camel;

import static org.assertj.core.api.Assertions.assertThat;

import aQute.bnd.osgi.Builder;
import java.io.File;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.slf4j.Logger;
import org.slf4j.impl.StaticLoggerBinder;

/**
 * A framework with SLF4J, the built Camel bundle and the probe in it; nothing of the class path.
 */
final class Container {
  /** The line that the README gives to dependents. */
  private static final String IMPORTS =
      "org.apache.camel.*;version=\"[4.14,5)\";bundle-symbolic-name=io.kete.camel,"
          + "!org.jspecify.annotations,*";

  private static final long STOP_MILLIS = 10_000;

  private final Framework framework;
  private final Bundle probe;

  private Container(Framework framework, Bundle probe) {
    this.framework = framework;
    this.probe = probe;
  }

  static Container start(FrameworkFactory factory, Path folder) throws Exception {
    Map<String, String> configuration = new HashMap<>();
    configuration.put("org.osgi.framework.storage", folder.resolve("cache").toString());
    configuration.put("org.osgi.framework.bootdelegation", "");
    configuration.put("felix.bootdelegation.implicit", "false");
    configuration.put("osgi.compatibility.bootdelegation", "false");
    Framework framework = factory.newFramework(configuration);
    framework.start();
    BundleContext context = framework.getBundleContext();
    install(context, jarOf(Logger.class));
    install(context, jarOf(StaticLoggerBinder.class));
    install(context, camelJar()).start();
    Bundle probe = install(context, probeJar(folder));
    probe.start();
    return new Container(framework, probe);
  }

  void stop() throws Exception {
    framework.stop();
    framework.waitForStop(STOP_MILLIS);
  }

  <T> T service(Class<T> type, String filter, String name) {
    BundleContext context = framework.getBundleContext();
    try {
      var references = context.getServiceReferences(type, String.format(filter, name));
      return context.getService(references.iterator().next());
    } catch (InvalidSyntaxException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }

  /** Symbolic name of the bundle that gives the probe this class. */
  String providerOf(String className) {
    try {
      return FrameworkUtil.getBundle(probe.loadClass(className)).getSymbolicName();
    } catch (ClassNotFoundException missing) {
      throw new IllegalArgumentException(missing);
    }
  }

  void stopProbe() throws BundleException {
    probe.stop();
  }

  void startProbe() throws BundleException {
    probe.start();
  }

  static long camelThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("Camel"))
        .count();
  }

  static File camelJar() {
    return new File(System.getProperty("kete.camel.jar"));
  }

  private static Bundle install(BundleContext context, File jar) throws Exception {
    try (InputStream content = Files.newInputStream(jar.toPath())) {
      return context.installBundle(jar.getName(), content);
    }
  }

  private static File probeJar(Path folder) throws Exception {
    File jar = folder.resolve("probe.jar").toFile();
    try (Builder builder = new Builder()) {
      builder.addClasspath(jarOf(Container.class));
      builder.addClasspath(camelJar());
      builder.setProperty("Bundle-SymbolicName", "io.kete.camel.probe");
      builder.setProperty("Bundle-Activator", "io.kete.camel.probe.Probe");
      builder.setProperty("Private-Package", "io.kete.camel.probe");
      builder.setProperty("Import-Package", IMPORTS);
      builder.setProperty("-noimportjava", "true");
      builder.build().write(jar);
      assertThat(builder.getErrors()).isEmpty();
    }
    return jar;
  }

  private static File jarOf(Class<?> type) throws URISyntaxException {
    return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
