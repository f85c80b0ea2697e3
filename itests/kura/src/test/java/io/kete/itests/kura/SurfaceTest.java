// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.kura;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What a user of Kura's console sees of the components, by the files that Kura reads. */
class SurfaceTest {

  private static final Set<String> NUMBERS =
      Set.of("Integer", "Long", "Double", "Float", "Short", "Byte");

  /** A definition of Kura's own, with Kura's keys: what Kura takes has to be taken. */
  private static final String OF_KURA = "org.eclipse.kura.";

  private static final String PUBLISHER =
      "org.eclipse.kura.cloudconnection.publisher.CloudPublisher";
  private static final String VISIBLE = "org.eclipse.kura.configuration.ConfigurableComponent";

  @Test
  void everyDefinitionCanBeFoundNamedAndSeen() throws Exception {
    int definitions = 0;
    for (Map.Entry<String, Map<String, byte[]>> bundle : bundles().entrySet()) {
      for (Map.Entry<String, byte[]> file : bundle.getValue().entrySet()) {
        if (file.getKey().startsWith("OSGI-INF/metatype/")) {
          for (Element ocd : elements(xml(file.getValue()), "OCD")) {
            definitions++;
            String id = ocd.getAttribute("id");
            assertThat(file.getKey())
                .as("Kura looks for the file under the id")
                .isEqualTo("OSGI-INF/metatype/" + id + ".xml");
            assertThat(bundle.getValue()).as("a component of that name").containsKey(component(id));
            assertDescribed(ocd, id);
            elements(ocd, "AD")
                .forEach(ad -> assertDescribed(ad, id + " " + ad.getAttribute("id")));
            assertIcon(ocd, bundle.getValue());
            if (!id.startsWith(OF_KURA)) {
              elements(ocd, "AD").forEach(ad -> assertRange(id, ad));
            }
          }
        }
      }
    }
    assertThat(definitions).isGreaterThanOrEqualTo(9);
  }

  @Test
  void noComponentThatIsConfiguredIsInvisible() throws Exception {
    int components = 0;
    for (Map<String, byte[]> bundle : bundles().values()) {
      for (Map.Entry<String, byte[]> file : bundle.entrySet()) {
        if (file.getKey().matches("OSGI-INF/io\\.kete\\.[^/]*\\.xml")) {
          Element component = xml(file.getValue()).getDocumentElement();
          String name = component.getAttribute("name");
          if (component.getAttribute("configuration-policy").equals("require")) {
            components++;
            assertThat(bundle)
                .as("definition of %s", name)
                .containsKey("OSGI-INF/metatype/" + name + ".xml");
            assertThat(elements(component, "provide"))
                .as("services of %s", name)
                .anyMatch(service -> service.getAttribute("interface").equals(VISIBLE));
            assertThat(component.getAttribute("configuration-pid")).isIn("", name);
          }
          assertThat(elements(component, "property"))
              .as("a PID as property hides %s from Kura", name)
              .noneMatch(property -> property.getAttribute("name").equals("service.pid"));
        }
      }
    }
    assertThat(components).isGreaterThanOrEqualTo(9);
  }

  @Test
  void aPublisherIsChosenByItsTargetFilter() throws Exception {
    int references = 0;
    for (Map<String, byte[]> bundle : bundles().values()) {
      for (Map.Entry<String, byte[]> file : bundle.entrySet()) {
        if (file.getKey().matches("OSGI-INF/io\\.kete\\.[^/]*\\.xml")) {
          for (Element reference : elements(xml(file.getValue()), "reference")) {
            if (reference.getAttribute("interface").equals(PUBLISHER)) {
              references++;
              assertThat(reference.getAttribute("name")).isEqualTo("CloudPublisher");
              String definition = file.getKey().replace("OSGI-INF/", "OSGI-INF/metatype/");
              assertThat(
                      elements(
                          xml(Objects.requireNonNull(bundle.get(definition), definition)), "AD"))
                  .as("keys of %s", definition)
                  .anyMatch(ad -> ad.getAttribute("id").equals("CloudPublisher.target"));
            }
          }
        }
      }
    }
    assertThat(references).isPositive();
  }

  private static String component(String id) {
    return "OSGI-INF/" + id + ".xml";
  }

  private static void assertIcon(Element ocd, Map<String, byte[]> files) {
    assertThat(elements(ocd, "Icon"))
        .as("icons of %s", ocd.getAttribute("id"))
        .singleElement()
        .satisfies(icon -> assertThat(files).containsKey(icon.getAttribute("resource")));
  }

  private static void assertRange(String id, Element ad) {
    String key = id + " " + ad.getAttribute("id");
    if (NUMBERS.contains(ad.getAttribute("type")) && elements(ad, "Option").isEmpty()) {
      assertThat(ad.hasAttribute("min")).as("least value of %s", key).isTrue();
      assertThat(ad.hasAttribute("max")).as("greatest value of %s", key).isTrue();
      assertThat(ad.getAttribute("default")).as("default of %s", key).isNotBlank();
    }
  }

  private static void assertDescribed(Element element, String key) {
    for (String attribute : List.of("name", "description")) {
      assertThat(element.getAttribute(attribute))
          .as("%s of %s; Kura does not translate", attribute, key)
          .isNotBlank()
          .doesNotStartWith("%");
    }
  }

  private static Document xml(byte[] content) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory.newDocumentBuilder().parse(new ByteArrayInputStream(content));
  }

  private static List<Element> elements(org.w3c.dom.Node parent, String name) {
    NodeList found =
        parent instanceof Document document
            ? document.getElementsByTagName(name)
            : ((Element) parent).getElementsByTagName(name);
    return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
  }

  /** Files of every bundle of ours, packaged for Kura or of the standalone container. */
  private static Map<String, Map<String, byte[]>> bundles() throws IOException {
    Map<String, Map<String, byte[]>> bundles = new TreeMap<>();
    try (Stream<Path> modules = Files.list(Home.ROOT.resolve("bundles"))) {
      for (Path module : modules.filter(Files::isDirectory).sorted().toList()) {
        String name = String.valueOf(module.getFileName());
        Path jar = module.resolve("target").resolve(name + "-1.0.0.jar");
        if (Files.isRegularFile(jar)) {
          bundles.put(name, files(Files.readAllBytes(jar)));
        }
      }
    }
    return bundles;
  }

  private static Map<String, byte[]> files(byte[] bundle) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(bundle))) {
      for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
        if (entry.getName().startsWith("OSGI-INF/") && !entry.isDirectory()) {
          files.put(entry.getName(), jar.readAllBytes());
        }
      }
    }
    return files;
  }
}
