// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import io.kete.container.config.Metatype.Attribute;
import io.kete.container.config.Metatype.Choice;
import io.kete.container.config.Metatype.Definition;
import io.kete.container.config.Metatype.Picture;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.configuration.metatype.Scalar;

/**
 * Reads a bundle's {@code OSGI-INF/metatype/<pid>.xml}. As in Kura a file counts when it designates
 * the PID it is named after and the definition has that id; elements count by local name, because
 * several namespaces are in use.
 */
final class MetatypeReader {
  private static final int MAX_ATTRIBUTES = 2_000;
  private static final int MAX_PIXELS = 9;

  private MetatypeReader() {}

  /**
   * Reads a file.
   *
   * @param pid the file's name without ending
   * @return empty when the file is about something else
   * @throws DocumentException when it is not well formed
   */
  static Optional<Metatype> read(String source, String pid, byte[] document)
      throws DocumentException {
    Map<String, Definition> definitions = new HashMap<>();
    Map<String, Boolean> designates = new HashMap<>();
    try (XmlInput xml = XmlInput.open(source, document)) {
      xml.root("", "MetaData");
      while (xml.child(1)) {
        if (xml.is("OCD")) {
          Definition definition = definition(xml);
          definitions.put(definition.id(), definition);
        } else if (xml.is("Designate")) {
          xml.attribute("pid").ifPresent(name -> designates.putIfAbsent(name, false));
          xml.attribute("factoryPid").ifPresent(name -> designates.put(name, true));
        }
      }
    }
    Optional<Definition> definition = Optional.ofNullable(definitions.get(pid));
    Optional<Boolean> factory = Optional.ofNullable(designates.get(pid));
    return definition.flatMap(ocd -> factory.map(many -> new Metatype(pid, many, ocd)));
  }

  private static Definition definition(XmlInput xml) throws DocumentException {
    int level = xml.level();
    String id = xml.required("id");
    String name = xml.attribute("name").orElse(id);
    String description = xml.attribute("description").orElse("");
    List<Attribute> attributes = new ArrayList<>();
    List<Picture> pictures = new ArrayList<>();
    while (xml.child(level)) {
      if (xml.is("AD")) {
        attributes.add(attribute(xml));
      } else if (xml.is("Icon")) {
        picture(xml).ifPresent(pictures::add);
      }
      if (attributes.size() > MAX_ATTRIBUTES) {
        throw xml.failure("more than " + MAX_ATTRIBUTES + " attributes");
      }
    }
    return new Definition(id, name, description, attributes, pictures);
  }

  private static Attribute attribute(XmlInput xml) throws DocumentException {
    int level = xml.level();
    String id = xml.required("id");
    Scalar type = type(xml);
    int cardinality = cardinality(xml);
    boolean required = xml.attribute("required").map(text -> !text.equals("false")).orElse(true);
    Optional<String> fallback = xml.attribute("default");
    Optional<String> min = xml.attribute("min").filter(text -> !text.isBlank());
    Optional<String> max = xml.attribute("max").filter(text -> !text.isBlank());
    String name = xml.attribute("name").orElse(id);
    String description = xml.attribute("description").orElse("");
    List<Choice> choices = new ArrayList<>();
    while (xml.child(level)) {
      if (xml.is("Option")) {
        String value = xml.attribute("value").orElse("");
        choices.add(new Choice(xml.attribute("label").orElse(value), value));
      }
    }
    return new Attribute(
        id,
        type,
        cardinality,
        required,
        fallback.orElse(null),
        min.orElse(null),
        max.orElse(null),
        name,
        description,
        choices);
  }

  private static Scalar type(XmlInput xml) throws DocumentException {
    String name = xml.required("type");
    return ValueText.type(name)
        .orElseThrow(() -> xml.failure("type " + Keys.shown(name) + " is unknown"));
  }

  private static int cardinality(XmlInput xml) throws DocumentException {
    String text = xml.attribute("cardinality").orElse("0").strip();
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException wrong) {
      throw xml.failure("cardinality is no number");
    }
  }

  private static Optional<Picture> picture(XmlInput xml) {
    String size = xml.attribute("size").orElse("").strip();
    return xml.attribute("resource")
        .filter(resource -> size.matches("\\d{1," + MAX_PIXELS + "}"))
        .map(resource -> new Picture(resource, new BigInteger(size)));
  }
}
