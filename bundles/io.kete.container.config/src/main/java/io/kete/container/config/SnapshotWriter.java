// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.configuration.metatype.Icon;
import org.eclipse.kura.configuration.metatype.OCD;
import org.eclipse.kura.configuration.metatype.Option;
import org.eclipse.kura.configuration.metatype.Scalar;
import org.jspecify.annotations.Nullable;

/**
 * Writes documents of component configurations, with the literal prefixes esf and ocd that Kura's
 * own reader wants.
 */
final class SnapshotWriter {
  private static final String ESF = SnapshotReader.NAMESPACE;
  private static final String OCD = "http://www.osgi.org/xmlns/metatype/v1.2.0";

  private final XMLStreamWriter xml;

  private SnapshotWriter(XMLStreamWriter xml) {
    this.xml = xml;
  }

  /**
   * One configuration to write.
   *
   * @param definition what may be set, null to leave it out
   */
  record Part(StoredComponent component, @Nullable OCD definition) {}

  /** The document of these configurations. */
  static byte[] write(List<Part> parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(16 * 1024);
    try {
      XMLStreamWriter xml = writer(bytes);
      new SnapshotWriter(xml).document(parts);
      xml.close();
    } catch (XMLStreamException toMemory) {
      throw new IllegalStateException(toMemory);
    }
    return bytes.toByteArray();
  }

  /** The document of these snapshot ids. */
  static byte[] ids(Collection<Long> ids) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      XMLStreamWriter xml = writer(bytes);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("esf", "snapshot-ids", ESF);
      xml.writeNamespace("esf", ESF);
      for (long id : ids) {
        xml.writeStartElement("esf", "snapshotIds", ESF);
        xml.writeCharacters(Long.toString(id));
        xml.writeEndElement();
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException toMemory) {
      throw new IllegalStateException(toMemory);
    }
    return bytes.toByteArray();
  }

  private static XMLStreamWriter writer(ByteArrayOutputStream bytes) throws XMLStreamException {
    return XMLOutputFactory.newDefaultFactory()
        .createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
  }

  /** A component's values as a document has them; passwords in Base64, unless they are sealed. */
  static StoredComponent stored(
      String pid, @Nullable String factoryPid, Map<String, Object> values) {
    Map<String, Object> sorted = new TreeMap<>(values);
    sorted.keySet().removeIf(Keys::isIdentity);
    sorted.put(Keys.KURA_PID, pid);
    if (factoryPid != null) {
      sorted.put(Keys.FACTORY_PID, factoryPid);
    }
    List<StoredProperty> properties = new ArrayList<>();
    sorted.forEach((key, value) -> properties.add(stored(key, value)));
    return new StoredComponent(pid, 0, properties);
  }

  private static StoredProperty stored(String key, Object value) {
    Scalar type = ValueText.typeOf(value).orElse(Scalar.STRING);
    boolean secret = type == Scalar.PASSWORD;
    List<String> texts = ValueText.elements(value).stream().map(SnapshotWriter::text).toList();
    return new StoredProperty(key, type.value(), value.getClass().isArray(), secret, texts, 0);
  }

  private static String text(Object value) {
    String text = String.valueOf(value);
    return value instanceof Password ? SecretText.written(text) : text;
  }

  private void document(List<Part> parts) throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeCharacters("\n");
    xml.writeStartElement("esf", "configurations", ESF);
    xml.writeNamespace("esf", ESF);
    xml.writeNamespace("ocd", OCD);
    for (Part part : parts) {
      newLine(1);
      xml.writeStartElement("esf", "configuration", ESF);
      xml.writeAttribute("pid", xmlText(part.component().pid()));
      OCD definition = part.definition();
      if (definition != null) {
        definition(definition);
      }
      properties(part.component());
      newLine(1);
      xml.writeEndElement();
    }
    newLine(0);
    xml.writeEndElement();
    xml.writeEndDocument();
  }

  private void properties(StoredComponent component) throws XMLStreamException {
    newLine(2);
    xml.writeStartElement("esf", "properties", ESF);
    for (StoredProperty property : component.properties()) {
      newLine(3);
      xml.writeStartElement("esf", "property", ESF);
      xml.writeAttribute("array", Boolean.toString(property.array()));
      xml.writeAttribute("encrypted", Boolean.toString(property.encrypted()));
      xml.writeAttribute("name", xmlText(property.key()));
      xml.writeAttribute("type", xmlText(property.type()));
      for (String text : property.texts()) {
        xml.writeStartElement("esf", "value", ESF);
        characters(xmlText(text));
        xml.writeEndElement();
      }
      xml.writeEndElement();
    }
    newLine(2);
    xml.writeEndElement();
  }

  /** A reader turns a bare carriage return into a line feed. */
  private void characters(String text) throws XMLStreamException {
    String[] parts = text.split("\r", -1);
    for (int i = 0; i < parts.length; i++) {
      if (i > 0) {
        xml.writeEntityRef("#13");
      }
      xml.writeCharacters(parts[i]);
    }
  }

  private void definition(OCD definition) throws XMLStreamException {
    newLine(2);
    xml.writeStartElement("ocd", "OCD", OCD);
    attribute("id", definition.getId());
    attribute("name", definition.getName());
    attribute("description", definition.getDescription());
    for (AD attribute : definition.getAD()) {
      newLine(3);
      xml.writeStartElement("ocd", "AD", OCD);
      attribute("id", attribute.getId());
      attribute("name", attribute.getName());
      attribute("type", attribute.getType().value());
      attribute("cardinality", Integer.toString(attribute.getCardinality()));
      attribute("required", Boolean.toString(attribute.isRequired()));
      attribute("default", attribute.getDefault());
      attribute("min", attribute.getMin());
      attribute("max", attribute.getMax());
      attribute("description", attribute.getDescription());
      for (Option option : attribute.getOption()) {
        xml.writeEmptyElement("ocd", "Option", OCD);
        attribute("label", option.getLabel());
        attribute("value", option.getValue());
      }
      xml.writeEndElement();
    }
    for (Icon icon : definition.getIcon()) {
      xml.writeEmptyElement("ocd", "Icon", OCD);
      attribute("resource", icon.getResource());
      attribute("size", icon.getSize().toString());
    }
    newLine(2);
    xml.writeEndElement();
  }

  private void attribute(String name, @Nullable String value) throws XMLStreamException {
    if (value != null) {
      xml.writeAttribute(name, xmlText(value));
    }
  }

  private void newLine(int depth) throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(depth));
  }

  /**
   * XML 1.0 has no way to write some characters; they become question marks rather than an
   * unreadable file.
   */
  private static String xmlText(String text) {
    return text.replaceAll("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "?");
  }
}
