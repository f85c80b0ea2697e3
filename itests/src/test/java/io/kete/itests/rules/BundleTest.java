// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BundleTest {

  private static final String RANGE = ";version=\"[1.7,2)\"";

  @Test
  void folderArtifactAndSymbolicNameAreOne() throws IOException {
    for (Module bundle : Repository.bundles()) {
      assertThat(bundle.header("Bundle-SymbolicName").replaceAll(";.*", ""))
          .isEqualTo(bundle.name());
      assertThat(Repository.text(bundle.folder().resolve("pom.xml")))
          .contains("<artifactId>" + bundle.name() + "</artifactId>");
    }
  }

  @Test
  void manifestsFitIntoKura() throws IOException {
    List<String> violations = new ArrayList<>();
    for (Module bundle : Repository.bundles()) {
      violations.addAll(
          Manifests.violations(
              bundle.name(), bundle.header("Import-Package"), bundle.header("Export-Package")));
    }
    assertThat(violations).isEmpty();
  }

  @Test
  void componentsFitIntoKura() throws IOException {
    List<String> violations = new ArrayList<>();
    int components = 0;
    for (Module bundle : Repository.bundles()) {
      for (Path file : bundle.components()) {
        components++;
        Path metatype = file.resolveSibling("metatype").resolve(String.valueOf(file.getFileName()));
        Optional<String> text =
            Files.exists(metatype) ? Optional.of(Repository.text(metatype)) : Optional.empty();
        violations.addAll(Components.violations(file.toString(), Repository.text(file), text));
      }
    }
    assertThat(violations).isEmpty();
    assertThat(components).isPositive();
  }

  @Test
  void everyBundleExplainsItself() {
    List<String> violations = new ArrayList<>();
    for (Module bundle : Repository.bundles()) {
      Path readme = bundle.folder().resolve("README.md");
      Optional<String> text =
          Files.exists(readme) ? Optional.of(Repository.text(readme)) : Optional.empty();
      violations.addAll(Readmes.violations(bundle.name(), text));
    }
    assertThat(violations).isEmpty();
  }

  @Test
  void theProductShipsOnlyWhatIsBuilt() {
    List<String> shipped =
        Repository.text(Repository.root().resolve("distribution/kete/src/bundles/start.list"))
            .lines()
            .filter(line -> line.contains("io.kete."))
            .map(line -> line.replaceAll("^\\d+\\s+(io\\.kete\\..*)-\\$.*$", "$1"))
            .toList();
    assertThat(Repository.bundles().stream().map(Module::name)).containsAll(shipped);
    assertThat(shipped).hasSizeGreaterThan(10);
  }

  @Test
  void aManifestThatWouldNotResolveInKuraIsFound() {
    assertThat(imports("org.slf4j" + RANGE + ",java.util")).containsExactly("b imports java.util");
    assertThat(imports("org.slf4j;version=\"[2.0,3)\"")).hasSize(1);
    assertThat(imports("org.slf4j")).hasSize(1);
    assertThat(imports("org.bouncycastle.cms;version=\"[1.86,2)\"")).hasSize(1);
    assertThat(imports("org.eclipse.paho.client.mqttv3;version=\"[1.2.5,2)\"")).hasSize(1);
    assertThat(imports("org.jspecify.annotations;version=\"[1.0,2)\"")).hasSize(1);
    assertThat(imports("org.slf4j" + RANGE + ",org.bouncycastle.cms;version=\"[1.78,2)\""))
        .isEmpty();
  }

  @Test
  void aProviderThatExportsIsFound() {
    assertThat(Manifests.violations("io.kete.a.one", "", "io.kete.a.one;version=\"1.0.0\""))
        .hasSize(1);
    assertThat(Manifests.violations("io.kete.a.api", "", "io.kete.a.api;version=\"1.0.0\""))
        .isEmpty();
  }

  private static List<String> imports(String header) {
    return Manifests.violations("b", header, "");
  }

  @Test
  void aComponentThatKuraCannotConfigureIsFound() {
    assertThat(component("1.4.0", "require", "", metatype("a.B"))).isEmpty();
    assertThat(component("1.5.0", "require", "", metatype("a.B"))).hasSize(1);
    assertThat(component("1.4.0", "optional", "", metatype("a.B"))).hasSize(1);
    assertThat(component("1.4.0", "require", "configuration-pid='a.C'", metatype("a.B")))
        .hasSize(1);
    assertThat(component("1.4.0", "require", "", metatype("a.C"))).hasSize(2);
    assertThat(component("1.4.0", "require", "", Optional.empty())).hasSize(1);
    assertThat(component("1.4.0", "require", "", metatype("a.B").map(t -> t.replace("B!", "%b"))))
        .hasSize(1);
    assertThat(
            Components.violations(
                "f",
                text("1.4.0", "require", "").replace("name='p'", "name='service.pid'"),
                metatype("a.B")))
        .hasSize(1);
    assertThat(
            Components.violations(
                "f",
                text("1.4.0", "require", "").replace("Configurable", "Other"),
                metatype("a.B")))
        .hasSize(1);
  }

  private static List<String> component(
      String version, String policy, String more, Optional<String> metatype) {
    return Components.violations("f", text(version, policy, more), metatype);
  }

  private static String text(String version, String policy, String more) {
    return String.format(
        "<scr:component xmlns:scr='http://www.osgi.org/xmlns/scr/v%s' name='a.B'"
            + " configuration-policy='%s' %s><property name='p' value='1'/><service><provide"
            + " interface='org.eclipse.kura.configuration.ConfigurableComponent'/></service>"
            + "<implementation class='a.B'/></scr:component>",
        version, policy, more);
  }

  private static Optional<String> metatype(String id) {
    return Optional.of(
        String.format(
            "<m:MetaData xmlns:m='http://www.osgi.org/xmlns/metatype/v1.2.0'><OCD id='%s'"
                + " name='B!'/><Designate factoryPid='%s'/></m:MetaData>",
            id, id));
  }

  @Test
  void aReadmeWithoutAHeadingIsFound() {
    String whole =
        """
        # a
        ## Purpose
        ## Services offered
        ## Services needed
        ## Configuration
        ## Events logged
        ## Threads
        ## Limits
        """;
    assertThat(Readmes.violations("a", Optional.of(whole))).isEmpty();
    assertThat(Readmes.violations("a", Optional.of(whole.replace("## Threads\n", "")))).hasSize(1);
    assertThat(Readmes.violations("b", Optional.of(whole))).hasSize(1);
    assertThat(Readmes.violations("a", Optional.of(whole + "\n".repeat(200)))).hasSize(1);
    assertThat(Readmes.violations("a", Optional.empty())).hasSize(1);
  }
}
