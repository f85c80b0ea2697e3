// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.rules;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** What a component file may say, so that Kura shows and configures the component. */
final class Components {

  private static final String CONFIGURABLE = "org.eclipse.kura.configuration.ConfigurableComponent";
  private static final Pattern NAMESPACE =
      Pattern.compile("http://www.osgi.org/xmlns/scr/v1\\.(?<minor>\\d+)\\.0");
  private static final int MINOR = 4;

  private Components() {}

  /**
   * Sentences about what is wrong.
   *
   * @param file name of the component's file
   * @param component its text
   * @param metatype text of the metatype file of the component's name, if there is one
   */
  static List<String> violations(String file, String component, Optional<String> metatype) {
    List<String> violations = new ArrayList<>();
    Element root = root(component);
    String name = root.getAttribute("name");
    Matcher namespace = NAMESPACE.matcher(String.valueOf(root.getNamespaceURI()));
    if (!namespace.matches() || Integer.parseInt(namespace.group("minor")) > MINOR) {
      violations.add(file + " is not in DS 1.4 or below: " + root.getNamespaceURI());
    }
    String pid = root.getAttribute("configuration-pid");
    if (!pid.isEmpty() && !pid.equals(name)) {
      violations.add(file + ": component " + name + " has another PID, " + pid);
    }
    if (values(root, "property", "name").anyMatch("service.pid"::equals)) {
      violations.add(file + ": component " + name + " sets service.pid");
    }
    if (values(root, "provide", "interface").anyMatch(CONFIGURABLE::equals)) {
      if (!root.getAttribute("configuration-policy").equals("require")) {
        violations.add(file + ": component " + name + " does not require its configuration");
      }
      violations.addAll(metatypeViolations(file, name, metatype));
    } else if (metatype.isPresent()) {
      violations.add(file + ": component " + name + " has an OCD but is no ConfigurableComponent");
    }
    return violations;
  }

  private static List<String> metatypeViolations(
      String file, String name, Optional<String> metatype) {
    if (metatype.isEmpty()) {
      return List.of(file + ": OSGI-INF/metatype/" + name + ".xml is missing");
    }
    List<String> violations = new ArrayList<>();
    Element root = root(metatype.get());
    if (!values(root, "OCD", "id").toList().equals(List.of(name))) {
      violations.add(file + ": the OCD's id is not " + name);
    }
    boolean designated =
        Stream.concat(values(root, "Designate", "pid"), values(root, "Designate", "factoryPid"))
            .anyMatch(name::equals);
    if (!designated) {
      violations.add(file + ": the OCD is not designated for " + name);
    }
    if (Stream.of("OCD", "AD", "Option")
        .flatMap(
            tag ->
                Stream.of("name", "description", "label")
                    .flatMap(attribute -> values(root, tag, attribute)))
        .anyMatch(text -> text.startsWith("%"))) {
      violations.add(file + ": the OCD has a text that is not literal");
    }
    return violations;
  }

  private static Stream<String> values(Element root, String tag, String attribute) {
    NodeList elements = root.getElementsByTagName(tag);
    return IntStream.range(0, elements.getLength())
        .mapToObj(index -> ((Element) elements.item(index)).getAttribute(attribute))
        .filter(value -> !value.isEmpty());
  }

  private static Element root(String text) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setNamespaceAware(true);
      Document document =
          factory.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
      return document.getDocumentElement();
    } catch (IOException | SAXException | ParserConfigurationException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
