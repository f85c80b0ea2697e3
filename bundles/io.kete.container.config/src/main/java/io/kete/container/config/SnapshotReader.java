// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads documents of component configurations: snapshots, and the bodies a console sends. Elements
 * count by namespace and local name, so prefixes may be mixed; definitions in the document are
 * skipped.
 */
final class SnapshotReader {
  static final String NAMESPACE = "http://eurotech.com/esf/2.0";
  static final int MAX_COMPONENTS = 2_000;
  static final int MAX_PROPERTIES = 20_000;
  private static final int MAX_VALUES = 10_000;

  private SnapshotReader() {}

  /**
   * Reads a document.
   *
   * @throws DocumentException when it is no well-formed document of configurations within the
   *     bounds
   */
  static Snapshot read(String source, byte[] document) throws DocumentException {
    try (XmlInput xml = XmlInput.open(source, document)) {
      xml.root(NAMESPACE, "configurations");
      List<StoredComponent> components = new ArrayList<>();
      Set<String> pids = new HashSet<>();
      while (xml.child(1)) {
        if (!xml.is(NAMESPACE, "configuration")) {
          continue;
        }
        StoredComponent component = component(xml);
        if (!pids.add(component.pid())) {
          throw new DocumentException(
              source, component.line(), "pid " + Keys.shown(component.pid()) + " stands twice");
        }
        components.add(component);
        if (components.size() > MAX_COMPONENTS) {
          throw xml.failure("more than " + MAX_COMPONENTS + " configurations");
        }
      }
      return new Snapshot(source, components);
    }
  }

  private static StoredComponent component(XmlInput xml) throws DocumentException {
    int level = xml.level();
    String pid = xml.required("pid").strip();
    int line = xml.line();
    List<StoredProperty> properties = new ArrayList<>();
    while (xml.child(level)) {
      if (xml.is(NAMESPACE, "properties")) {
        properties(xml, properties);
      }
    }
    return new StoredComponent(pid, line, properties);
  }

  private static void properties(XmlInput xml, List<StoredProperty> properties)
      throws DocumentException {
    int level = xml.level();
    Set<String> keys = new HashSet<>();
    while (xml.child(level)) {
      if (!xml.is(NAMESPACE, "property")) {
        continue;
      }
      StoredProperty property = property(xml);
      if (!keys.add(property.key())) {
        throw xml.failure("key " + Keys.shown(property.key()) + " stands twice");
      }
      properties.add(property);
      if (properties.size() > MAX_PROPERTIES) {
        throw xml.failure("more than " + MAX_PROPERTIES + " properties");
      }
    }
  }

  private static StoredProperty property(XmlInput xml) throws DocumentException {
    int level = xml.level();
    int line = xml.line();
    String key = xml.required("name");
    String type = xml.required("type").strip();
    boolean array = flag(xml, "array");
    boolean encrypted = flag(xml, "encrypted");
    List<String> texts = new ArrayList<>();
    while (xml.child(level)) {
      if (xml.is(NAMESPACE, "value")) {
        texts.add(xml.text());
      }
      if (texts.size() > MAX_VALUES) {
        throw xml.failure("more than " + MAX_VALUES + " values");
      }
    }
    return new StoredProperty(key, type, array, encrypted, texts, line);
  }

  private static boolean flag(XmlInput xml, String name) {
    String value = xml.attribute(name).orElse("").strip();
    return value.equals("true") || value.equals("1");
  }
}
