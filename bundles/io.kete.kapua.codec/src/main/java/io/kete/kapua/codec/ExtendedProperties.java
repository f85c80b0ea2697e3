// SPDX-License-Identifier: EPL-2.0
package io.kete.kapua.codec;

import java.util.Map;
import java.util.TreeMap;

/**
 * The JSON of the metric extended_properties, within Kapua's limits; sorted, so that equal gateways
 * send equal texts.
 */
final class ExtendedProperties {

  private static final int MAX_NAME = 64;
  private static final int MAX_VALUE = 512 * 1024;

  static String json(Map<String, Map<String, String>> groups) {
    StringBuilder json = new StringBuilder("{\"version\":\"1.0\",\"properties\":{");
    String separator = "";
    for (Map.Entry<String, Map<String, String>> group : new TreeMap<>(groups).entrySet()) {
      if (group.getKey().length() <= MAX_NAME) {
        text(json.append(separator), group.getKey());
        properties(json.append(":{"), group.getValue());
        json.append('}');
        separator = ",";
      }
    }
    return json.append("}}").toString();
  }

  private static void properties(StringBuilder json, Map<String, String> properties) {
    String separator = "";
    for (Map.Entry<String, String> property : new TreeMap<>(properties).entrySet()) {
      if (property.getKey().length() <= MAX_NAME && property.getValue().length() <= MAX_VALUE) {
        text(json.append(separator), property.getKey());
        text(json.append(':'), property.getValue());
        separator = ",";
      }
    }
  }

  /** Everything outside printable ASCII is escaped, so no encoding question is left. */
  private static void text(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }

  private ExtendedProperties() {}
}
