// SPDX-License-Identifier: EPL-2.0
package io.kete.onnxruntime.linux.x86_64;

import static org.assertj.core.api.Assertions.assertThat;

import aQute.bnd.osgi.Builder;
import ai.onnxruntime.OrtEnvironment;
import io.kete.onnxruntime.linux.x86_64.probe.Probe;
import java.io.File;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
final class FelixIT {

  private static final long WAIT_SECONDS = 60;

  @TempDir private Path folder;
  private Framework framework;
  private Bundle host;

  @BeforeEach
  void start() throws Exception {
    framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(
                    "org.osgi.framework.storage",
                    folder.resolve("cache").toString(),
                    "org.osgi.framework.bootdelegation",
                    "",
                    "felix.bootdelegation.implicit",
                    "false"));
    framework.start();
    host = install(onClassPath("io.kete.onnxruntime-"));
    install(onClassPath("io.kete.onnxruntime.linux.aarch64-"));
    install(new File(System.getProperty("kete.fragment.jar")));
    install(probe()).start();
  }

  @AfterEach
  void stop() throws Exception {
    framework.stop();
    framework.waitForStop(TimeUnit.SECONDS.toMillis(WAIT_SECONDS));
  }

  @Test
  void attachesTheFragmentOfThisMachineOnly() {
    List<String> attached =
        host.adapt(BundleWiring.class).getProvidedWires("osgi.wiring.host").stream()
            .map(wire -> wire.getRequirer().getSymbolicName())
            .toList();

    assertThat(attached).containsExactly("io.kete.onnxruntime.linux.x86_64");
  }

  @Test
  void keepsWorkingWhenTheHostIsRefreshed() throws Exception {
    Class<?> before = host.loadClass(OrtEnvironment.class.getName());
    assertThat(negated(2)).isEqualTo(-2);
    for (int refresh = 0; refresh < 2; refresh++) {
      refreshHost();
      assertThat(negated(3)).isEqualTo(-3);
    }
    assertThat(host.loadClass(OrtEnvironment.class.getName())).isNotSameAs(before);
  }

  private void refreshHost() throws InterruptedException {
    CountDownLatch refreshed = new CountDownLatch(1);
    framework
        .adapt(FrameworkWiring.class)
        .refreshBundles(List.of(host), event -> refreshed.countDown());
    assertThat(refreshed.await(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  @SuppressWarnings("unchecked")
  private float negated(float value) {
    BundleContext context = framework.getBundleContext();
    ServiceReference<?> reference = context.getServiceReference(UnaryOperator.class.getName());
    return ((UnaryOperator<Float>) context.getService(reference)).apply(value);
  }

  private Bundle install(File jar) throws Exception {
    try (InputStream content = Files.newInputStream(jar.toPath())) {
      return framework.getBundleContext().installBundle(jar.getName(), content);
    }
  }

  private static File onClassPath(String prefix) {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(File::new)
        .filter(file -> file.getName().startsWith(prefix))
        .findFirst()
        .orElseThrow();
  }

  private File probe() throws Exception {
    File jar = folder.resolve("probe.jar").toFile();
    try (Builder builder = new Builder()) {
      builder.addClasspath(
          new File(Probe.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
      builder.addClasspath(onClassPath("io.kete.onnxruntime-"));
      builder.setProperty("Bundle-SymbolicName", "io.kete.onnxruntime.probe");
      builder.setProperty("Bundle-Activator", Probe.class.getName());
      builder.setProperty("Private-Package", Probe.class.getPackageName());
      builder.setProperty("Import-Package", "!org.jspecify.annotations,*");
      builder.setProperty("-noimportjava", "true");
      builder.build().write(jar);
      assertThat(builder.getErrors()).isEmpty();
    }
    return jar;
  }
}
