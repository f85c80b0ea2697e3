// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A walk through one XML document of outside bytes: no DTD, no entity but the five of XML, bounded
 * in size and depth. Reports elements by local name; attributes nobody asks for are ignored.
 */
final class XmlInput implements AutoCloseable {
  static final int MAX_BYTES = 8 * 1024 * 1024;
  private static final int MAX_DEPTH = 16;
  private static final int MAX_TEXT = 1024 * 1024;

  /** What some editors put before the text. */
  private static final String MARK = "\uFEFF";

  private static final XMLInputFactory FACTORY = factory();

  private final String source;
  private final XMLStreamReader reader;
  private int depth;

  private XmlInput(String source, XMLStreamReader reader) {
    this.source = source;
    this.reader = reader;
  }

  static XmlInput open(String source, byte[] document) throws DocumentException {
    if (document.length > MAX_BYTES) {
      throw new DocumentException(source, 1, "larger than " + MAX_BYTES + " bytes");
    }
    try {
      // decoded here: the parser would print what it finds wrong with the bytes
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(document)).toString();
      synchronized (FACTORY) {
        StringReader characters =
            new StringReader(text.startsWith(MARK) ? text.substring(1) : text);
        return new XmlInput(source, FACTORY.createXMLStreamReader(characters));
      }
    } catch (CharacterCodingException notText) {
      throw new DocumentException(source, 1, "not in UTF-8; save it in that encoding");
    } catch (XMLStreamException unreadable) {
      throw failure(source, 1, unreadable);
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("external entities are not read");
        });
    return factory;
  }

  /** Steps into the root element. */
  void root(String namespace, String name) throws DocumentException {
    step();
    while (!reader.isStartElement()) {
      step();
    }
    if (!is(name) || !(namespace.isEmpty() || namespace.equals(namespace()))) {
      throw failure("the root element is not " + name + " of namespace " + namespace);
    }
    depth = 1;
  }

  /**
   * Steps to the next child of the element that was entered {@code level} deep; false at its end.
   */
  boolean child(int level) throws DocumentException {
    while (depth > level) {
      leave();
    }
    while (true) {
      int event = step();
      if (event == XMLStreamConstants.START_ELEMENT) {
        enter();
        return true;
      }
      if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
        return false;
      }
    }
  }

  /** How deep the present element is; the root is 1. */
  int level() {
    return depth;
  }

  private void enter() throws DocumentException {
    if (++depth > MAX_DEPTH) {
      throw failure("nested deeper than " + MAX_DEPTH);
    }
  }

  /** Skips the rest of the present element. */
  private void leave() throws DocumentException {
    int outside = depth - 1;
    while (depth > outside) {
      int event = step();
      if (event == XMLStreamConstants.START_ELEMENT) {
        enter();
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
      }
    }
  }

  private int step() throws DocumentException {
    try {
      if (!reader.hasNext()) {
        throw failure("ends too early");
      }
      int event = reader.next();
      if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
        throw failure("a DTD or an entity reference is not read");
      }
      return event;
    } catch (XMLStreamException unreadable) {
      throw failure(source, line(), unreadable);
    }
  }

  boolean is(String name) {
    return name.equals(reader.getLocalName());
  }

  boolean is(String namespace, String name) {
    return is(name) && namespace.equals(namespace());
  }

  private String namespace() {
    String uri = reader.getNamespaceURI();
    return uri == null ? "" : uri;
  }

  /** An attribute of no namespace. */
  Optional<String> attribute(String name) {
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      String uri = reader.getAttributeNamespace(i);
      if (name.equals(reader.getAttributeLocalName(i)) && (uri == null || uri.isEmpty())) {
        return Optional.of(reader.getAttributeValue(i));
      }
    }
    return Optional.empty();
  }

  String required(String name) throws DocumentException {
    return attribute(name)
        .filter(value -> !value.isBlank())
        .orElseThrow(() -> failure("element " + reader.getLocalName() + " lacks " + name));
  }

  /** The text of the present element, which is left; it may hold no other element. */
  String text() throws DocumentException {
    StringBuilder text = new StringBuilder();
    while (true) {
      int event = step();
      if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
        return text.toString();
      }
      if (event == XMLStreamConstants.START_ELEMENT) {
        throw failure("an element where a text was expected");
      }
      if (reader.hasText() && event != XMLStreamConstants.COMMENT) {
        text.append(reader.getText());
      }
      if (text.length() > MAX_TEXT) {
        throw failure("a text longer than " + MAX_TEXT);
      }
    }
  }

  int line() {
    return Math.max(1, reader.getLocation().getLineNumber());
  }

  DocumentException failure(String reason) {
    return new DocumentException(source, line(), reason);
  }

  private static DocumentException failure(String source, int line, XMLStreamException cause) {
    String message = String.valueOf(cause.getMessage());
    int text = message.indexOf("Message: ");
    int at = cause.getLocation() == null ? line : Math.max(1, cause.getLocation().getLineNumber());
    return new DocumentException(
        source, at, Keys.shown(text < 0 ? message : message.substring(text + 9)));
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (XMLStreamException leftOver) {
      // nothing is held but a byte array
      depth = 0;
    }
  }
}
