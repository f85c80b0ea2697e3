// SPDX-License-Identifier: EPL-2.0
package io.kete.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;

@Timeout(60)
class GatewayTest {

  @TempDir private Path home;

  private final Pausing.Shared bundles = Pausing.Shared.offer();
  private LaunchOptions options;

  @BeforeEach
  void threeBundles() throws IOException, LaunchException {
    Files.createDirectories(home.resolve("bundles"));
    for (String name : new String[] {"a", "b", "c"}) {
      bundle(name);
    }
    Files.writeString(home.resolve(StartList.FILE), "2 a.jar\n2 b.jar\n2 c.jar\n");
    options =
        LaunchOptions.parse("--home", home.toString(), "--data", home.resolve("data").toString());
  }

  private void bundle(String name) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    manifest.getMainAttributes().putValue(Constants.BUNDLE_SYMBOLICNAME, name);
    manifest.getMainAttributes().putValue(Constants.BUNDLE_ACTIVATOR, Pausing.class.getName());
    manifest.getMainAttributes().putValue(Constants.IMPORT_PACKAGE, "org.osgi.framework");
    String file = Pausing.class.getName().replace('.', '/') + ".class";
    try (OutputStream out = Files.newOutputStream(home.resolve("bundles/" + name + ".jar"));
        JarOutputStream jar = new JarOutputStream(out, manifest);
        InputStream code = Pausing.class.getResourceAsStream("Pausing.class")) {
      jar.putNextEntry(new JarEntry(file));
      code.transferTo(jar);
    }
  }

  @AfterEach
  void takeBack() {
    bundles.go().countDown();
    Pausing.Shared.takeBack();
  }

  private Gateway gateway() throws LaunchException {
    return new Gateway(options, StartList.read(options.home()), Packages.read(options));
  }

  @Test
  void startsAllAndStopsAll() throws Exception {
    Gateway gateway = gateway();
    bundles.go().countDown();
    assertThat(gateway.start()).isTrue();
    gateway.stop();
    assertThat(gateway.waitForStop(0)).isTrue();
    assertThat(bundles.said())
        .containsExactlyInAnyOrder(
            "started a", "started b", "started c", "stopped a", "stopped b", "stopped c");
  }

  @Test
  void stopsInOrderWhatWasStartedWhenItIsToldSoMeanwhile() throws Exception {
    Gateway gateway = gateway();
    CompletableFuture<Boolean> starting = CompletableFuture.supplyAsync(() -> started(gateway));
    assertThat(bundles.entered().await(30, TimeUnit.SECONDS)).isTrue();
    CompletableFuture<Void> stopping = CompletableFuture.runAsync(() -> stop(gateway));
    gateway.awaitStopping();
    bundles.go().countDown();
    assertThat(starting.join()).isFalse();
    stopping.join();
    assertThat(gateway.waitForStop(0)).isTrue();
    assertThat(bundles.said())
        .containsExactlyInAnyOrder("started a", "started b", "stopped a", "stopped b");
  }

  @Test
  void startsNothingAfterItWasStopped() throws Exception {
    Gateway gateway = gateway();
    CompletableFuture<Void> stopping = CompletableFuture.runAsync(() -> stop(gateway));
    gateway.awaitStopping();
    assertThat(gateway.start()).isFalse();
    stopping.join();
    assertThat(gateway.waitForStop(0)).isTrue();
    assertThat(bundles.said()).isEmpty();
  }

  private static boolean started(Gateway gateway) {
    try {
      return gateway.start();
    } catch (LaunchException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void stop(Gateway gateway) {
    try {
      gateway.stop();
    } catch (BundleException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
