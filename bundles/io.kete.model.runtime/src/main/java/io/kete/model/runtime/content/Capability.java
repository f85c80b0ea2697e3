// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.content;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/**
 * What the manifest of a model bundle says: the capability {@code io.kete.model}.
 *
 * @param name name of the model
 * @param version version of the model
 * @param engine which engine runs it
 */
public record Capability(String name, Version version, String engine) {

  /** Namespace of the capability. */
  public static final String NAMESPACE = "io.kete.model";

  private static final int MAX_HEADER = 4096;

  /** From the attributes of the capability, which may be of the wrong types or missing. */
  public static Capability of(Map<String, ?> attributes) throws RefusedException {
    return new Capability(
        text(attributes, "name"), version(attributes.get("version")), text(attributes, "engine"));
  }

  private static String text(Map<String, ?> attributes, String key) throws RefusedException {
    if (attributes.get(key) instanceof String text && !text.isBlank()) {
      return text;
    }
    throw RefusedException.lasting(
        "the capability " + NAMESPACE + " in the manifest has no attribute " + key);
  }

  private static Version version(@Nullable Object value) throws RefusedException {
    if (value instanceof Version version) {
      return version;
    }
    throw RefusedException.lasting(
        "the capability " + NAMESPACE + " in the manifest has no attribute version:Version");
  }

  /** From the header Provide-Capability of a bundle that is not installed. */
  public static Capability ofHeader(String header) throws RefusedException {
    if (header.length() > MAX_HEADER) {
      throw RefusedException.lasting("Provide-Capability is longer than " + MAX_HEADER);
    }
    for (String clause : split(header, ',')) {
      List<String> parts = split(clause, ';');
      if (parts.get(0).strip().equals(NAMESPACE)) {
        Map<String, Object> attributes = new HashMap<>();
        for (String part : parts.subList(1, parts.size())) {
          attribute(part, attributes);
        }
        return of(attributes);
      }
    }
    throw RefusedException.lasting("the manifest does not provide the capability " + NAMESPACE);
  }

  private static void attribute(String part, Map<String, Object> attributes)
      throws RefusedException {
    int equals = part.indexOf('=');
    if (equals < 1 || part.charAt(equals - 1) == ':') {
      return; // a directive, which nothing here depends on
    }
    String[] key = part.substring(0, equals).strip().split(":", 2);
    String value = unquoted(part.substring(equals + 1).strip());
    if (key.length == 2 && key[1].strip().equals("Version")) {
      attributes.put(key[0].strip(), parsedVersion(value));
    } else {
      attributes.put(key[0].strip(), value);
    }
  }

  static Version parsedVersion(String text) throws RefusedException {
    try {
      return Version.parseVersion(text);
    } catch (IllegalArgumentException e) {
      throw RefusedException.lasting("'" + JsonFields.shown(text) + "' is not a version");
    }
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  /** Splits outside of quotes. */
  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int begin = 0;
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        parts.add(text.substring(begin, i));
        begin = i + 1;
      }
    }
    parts.add(text.substring(begin));
    return parts;
  }
}
