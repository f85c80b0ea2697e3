// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What bnd reads off this bundle when it writes the import ranges of all others. */
class ExportedContractTest {
  private static final Set<String> CONSUMER_TYPES =
      Set.of(
          "channel/listener/ChannelListener",
          "cloudconnection/listener/CloudConnectionListener",
          "cloudconnection/listener/CloudDeliveryListener",
          "cloudconnection/request/RequestHandler",
          "cloudconnection/subscriber/listener/CloudSubscriberListener",
          "configuration/ConfigurableComponent",
          "configuration/SelfConfiguringComponent",
          "data/listener/DataServiceListener",
          "data/transport/listener/DataTransportListener",
          "deployment/hook/DeploymentHook",
          "ssl/SslServiceListener");

  @Test
  void packagesHaveTheVersionsOfKura56() throws IOException {
    assertThat(exportedVersions())
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("", "1.7.0"),
                Map.entry(".ai.inference", "1.0.0"),
                Map.entry(".annotation", "1.0.0"),
                Map.entry(".asset", "1.0.0"),
                Map.entry(".channel", "1.3.0"),
                Map.entry(".channel.listener", "1.0.0"),
                Map.entry(".cloudconnection", "1.0.0"),
                Map.entry(".cloudconnection.factory", "1.0.0"),
                Map.entry(".cloudconnection.listener", "1.0.0"),
                Map.entry(".cloudconnection.message", "1.0.0"),
                Map.entry(".cloudconnection.publisher", "1.0.0"),
                Map.entry(".cloudconnection.request", "1.0.0"),
                Map.entry(".cloudconnection.subscriber", "1.0.0"),
                Map.entry(".cloudconnection.subscriber.listener", "1.0.0"),
                Map.entry(".configuration", "1.2.0"),
                Map.entry(".configuration.metatype", "1.1.0"),
                Map.entry(".core.configuration.metatype", "1.0.0"),
                Map.entry(".crypto", "1.3.0"),
                Map.entry(".data", "1.1.2"),
                Map.entry(".data.listener", "1.0.1"),
                Map.entry(".data.transport.listener", "1.0.1"),
                Map.entry(".deployment.hook", "1.0.0"),
                Map.entry(".driver", "1.0.0"),
                Map.entry(".driver.descriptor", "1.0.0"),
                Map.entry(".message", "1.5.0"),
                Map.entry(".security.keystore", "1.2.0"),
                Map.entry(".ssl", "2.1.0"),
                Map.entry(".system", "1.7.0"),
                Map.entry(".type", "1.1.0")));
  }

  @Test
  void onlyTheTypesOthersImplementFreelyAreConsumerTypes() throws IOException {
    assertThat(interfacesMarked("ConsumerType"))
        .containsExactlyInAnyOrderElementsOf(CONSUMER_TYPES);
  }

  @Test
  void everyOtherInterfaceIsAProviderType() throws IOException {
    Set<String> rest = interfacesMarked("");
    rest.removeAll(CONSUMER_TYPES);
    assertThat(interfacesMarked("ProviderType"))
        .hasSizeGreaterThan(30)
        .containsExactlyInAnyOrderElementsOf(rest);
  }

  private static Map<String, String> exportedVersions() throws IOException {
    Manifest manifest;
    try (InputStream in = Files.newInputStream(classes().resolve("META-INF/MANIFEST.MF"))) {
      manifest = new Manifest(in);
    }
    String exports = manifest.getMainAttributes().getValue("Export-Package");
    Map<String, String> versions = new TreeMap<>();
    Matcher clause =
        Pattern.compile("org\\.eclipse\\.kura([\\w.]*);version=\"([^\"]*)\"").matcher(exports);
    while (clause.find()) {
      versions.put(clause.group(1), clause.group(2));
    }
    return versions;
  }

  private static Set<String> interfacesMarked(String mark) throws IOException {
    Path root = classes().resolve("org/eclipse/kura");
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        String name = root.relativize(file).toString().replace('\\', '/').replace(".class", "");
        Class<?> type = load(name);
        if (type.isInterface() && !type.isAnnotation() && !name.endsWith("package-info")) {
          String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
          if (bytes.contains("Lorg/osgi/annotation/versioning/" + mark)) {
            found.add(name);
          }
        }
      }
    }
    return found;
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName("org.eclipse.kura." + name.replace('/', '.'));
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static Path classes() {
    try {
      return Path.of(
          KuraException.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
