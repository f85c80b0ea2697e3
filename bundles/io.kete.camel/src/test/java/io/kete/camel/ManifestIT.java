// SPDX-License-Identifier: EPL-2.0
package io.kete.camel;

import static org.assertj.core.api.Assertions.assertThat;

import aQute.bnd.header.Parameters;
import java.io.IOException;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** Headers that dependents and Kura rely on. */
final class ManifestIT {
  @Test
  void importsLoggingFromKuraOnwardsAndTheJdkOnly() throws IOException {
    Parameters imports = new Parameters(header("Import-Package"));

    assertThat(imports.remove("org.slf4j").getVersion()).isEqualTo("[1.7,3)");
    assertThat(imports.keySet())
        .isNotEmpty()
        .allMatch(ManifestIT::isOfTheJdk, "is a package that the JDK exports");
  }

  @Test
  void exportsCamelAndNothingElse() throws IOException {
    Parameters exports = new Parameters(header("Export-Package"));

    assertThat(exports.keySet()).contains("org.apache.camel", "org.apache.camel.support");
    assertThat(exports)
        .allSatisfy(
            (name, attributes) -> {
              assertThat(name).startsWith("org.apache.camel");
              assertThat(attributes.getVersion())
                  .isEqualTo(System.getProperty("kete.camel.version"));
            });
  }

  private static boolean isOfTheJdk(String name) {
    return ModuleLayer.boot().modules().stream()
        .filter(module -> module.isNamed())
        .anyMatch(module -> module.getPackages().contains(name) && module.isExported(name));
  }

  private static String header(String name) throws IOException {
    try (JarFile jar = new JarFile(Container.camelJar())) {
      return jar.getManifest().getMainAttributes().getValue(name);
    }
  }
}
