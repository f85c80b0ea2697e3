// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.repository;

import io.kete.container.deploy.pack.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/**
 * Reads the packages out of an R5 index as it streams by; what else is in it is passed over.
 * Bounded in what it inflates to, in depth, in resources and in clauses. No document types, no
 * entities.
 */
final class IndexReader {

  private static final int MAX_DEPTH = 6;
  private static final int MAX_RESOURCES = 8192;
  private static final int MAX_CLAUSES = 4096;
  private static final int MAX_TEXT = 1 << 14;
  private static final String SPACE = "http://www.osgi.org/xmlns/repository/v1.0.0";

  private final XMLStreamReader xml;
  private final List<Part> packages = new ArrayList<>();
  private final Map<String, Object> attributes = new HashMap<>();
  private final Map<String, String> directives = new HashMap<>();
  private int resources;
  private int clauses;
  private long increment;
  private Part current = new Part(false);
  private String clause = "";

  private IndexReader(XMLStreamReader xml) {
    this.xml = xml;
  }

  /** What an index says: its number and the packages in it. */
  record Index(long increment, List<Part> packages) {
    Index {
      packages = List.copyOf(packages);
    }
  }

  /**
   * Reads one.
   *
   * @param compressed as it comes from the repository
   * @param limit most bytes it may inflate to
   */
  static Index read(InputStream compressed, long limit) throws RefusedException {
    try (InputStream in = new Limited(new GZIPInputStream(compressed), limit)) {
      XMLInputFactory factory = XMLInputFactory.newInstance();
      factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
      factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
      factory.setProperty(XMLInputFactory.IS_COALESCING, false);
      XMLStreamReader xml = factory.createXMLStreamReader(in);
      IndexReader reader = new IndexReader(xml);
      reader.run();
      return new Index(reader.increment, reader.packages);
    } catch (IOException | XMLStreamException | IllegalArgumentException e) {
      throw new RefusedException("its index cannot be read: " + text(e), e);
    }
  }

  private static String text(Exception e) {
    String plain = String.valueOf(e.getMessage()).replaceAll("[^\\x20-\\x7e]+", " ");
    return plain.substring(0, Math.min(plain.length(), 200));
  }

  private void run() throws XMLStreamException, RefusedException {
    int depth = 0;
    boolean begun = false;
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.DTD) {
        throw new RefusedException("its index has a document type, which no index needs");
      }
      if (event == XMLStreamConstants.START_ELEMENT) {
        if (++depth > MAX_DEPTH) {
          throw new RefusedException("its index is nested deeper than any index");
        }
        begin(depth);
        begun = true;
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        end(depth--);
      }
    }
    if (!begun) {
      throw new RefusedException("its index is empty");
    }
  }

  private void begin(int depth) throws RefusedException {
    String name = xml.getLocalName();
    if (depth == 1) {
      if (!name.equals("repository") || !SPACE.equals(xml.getNamespaceURI())) {
        throw new RefusedException("its index is no R5 index");
      }
      increment = Long.parseLong(value("increment"));
    } else if (depth == 2 && name.equals("resource")) {
      if (++resources > MAX_RESOURCES) {
        throw new RefusedException("its index has more than " + MAX_RESOURCES + " resources");
      }
      current = new Part(false);
      clauses = 0;
    } else if (depth == 3) {
      if (++clauses > MAX_CLAUSES) {
        throw new RefusedException(
            "a resource of its index has more than " + MAX_CLAUSES + " clauses");
      }
      clause = value("namespace");
      attributes.clear();
      directives.clear();
    } else if (depth == 4 && name.equals("attribute")) {
      attributes.put(value("name"), typed(xml.getAttributeValue(null, "type"), value("value")));
    } else if (depth == 4 && name.equals("directive")) {
      directives.put(value("name"), value("value"));
    }
  }

  private void end(int depth) {
    if (depth == 3 && xml.getLocalName().equals("capability")) {
      current.offer(clause, attributes, directives);
    } else if (depth == 3 && xml.getLocalName().equals("requirement")) {
      current.need(clause, attributes, directives);
    } else if (depth == 2 && current.isPackage()) {
      packages.add(current);
      current = new Part(false);
    }
  }

  private String value(String name) throws RefusedException {
    String value = Optional.ofNullable(xml.getAttributeValue(null, name)).orElse("");
    if (value.length() > MAX_TEXT) {
      throw new RefusedException("a text of its index is longer than " + MAX_TEXT + " characters");
    }
    return value;
  }

  private static Object typed(@Nullable String type, String value) {
    return switch (type == null ? "String" : type) {
      case "Version" -> Version.parseVersion(value);
      case "Long" -> Long.valueOf(value.strip());
      case "Double" -> Double.valueOf(value.strip());
      case "List<String>" -> List.of(value.split("\\s*,\\s*", -1));
      case "List<Version>" -> versions(value);
      default -> value;
    };
  }

  private static List<Version> versions(String value) {
    List<Version> versions = new ArrayList<>();
    for (String each : value.split("\\s*,\\s*", -1)) {
      versions.add(Version.parseVersion(each));
    }
    return versions;
  }
}
