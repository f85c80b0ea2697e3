// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.standin;

import java.io.ByteArrayInputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Reads a configuration in Kura's snapshot format: components by PID. */
final class SeedSnapshot {

  private SeedSnapshot() {}

  static Map<String, Map<String, Object>> parse(byte[] xml) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml));
    Map<String, Map<String, Object>> components = new LinkedHashMap<>();
    elements(document.getElementsByTagName("esf:configuration"))
        .forEach(component -> components.put(component.getAttribute("pid"), properties(component)));
    return components;
  }

  private static Map<String, Object> properties(Element component) {
    Map<String, Object> properties = new LinkedHashMap<>();
    elements(component.getElementsByTagName("esf:property"))
        .forEach(property -> properties.put(property.getAttribute("name"), value(property)));
    return properties;
  }

  private static Object value(Element property) {
    String text = property.getElementsByTagName("esf:value").item(0).getTextContent();
    return switch (property.getAttribute("type")) {
      case "Integer" -> Integer.valueOf(text);
      case "Long" -> Long.valueOf(text);
      case "Boolean" -> Boolean.valueOf(text);
      default -> text;
    };
  }

  private static Stream<Element> elements(NodeList nodes) {
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i));
  }
}
