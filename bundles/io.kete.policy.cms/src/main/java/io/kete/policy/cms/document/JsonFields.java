// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms.document;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The members of one JSON object, read strictly: a key that is unknown or twice there is an error,
 * since it may be a typing slip.
 */
final class JsonFields {

  private static final int MAX_TEXT = 16_384;
  private static final int MAX_LIST = 4096;

  private final JsonObject json;
  private final String path;

  JsonFields(JsonValue value, String path, Set<String> known) throws PolicyException {
    this(value, path);
    for (String key : json.names()) {
      if (!known.contains(key)) {
        throw new PolicyException(path + " has the unknown key '" + shown(key) + "'");
      }
    }
  }

  JsonFields(JsonValue value, String path) throws PolicyException {
    this.path = path;
    if (!value.isObject()) {
      throw new PolicyException(path + " has to be an object");
    }
    this.json = value.asObject();
    Set<String> seen = new HashSet<>();
    for (String key : json.names()) {
      if (!seen.add(key)) {
        throw new PolicyException(path + " has the key '" + shown(key) + "' twice");
      }
      if (key.isEmpty() || key.length() > Glob.MAX_LENGTH) {
        throw new PolicyException(path + " has a key that is empty or too long");
      }
    }
    if (seen.size() > MAX_LIST) {
      throw new PolicyException(path + " has more than " + MAX_LIST + " members");
    }
  }

  static String shown(String name) {
    String printable = name.replaceAll("[^\\p{Print}]", "?");
    return printable.length() > 64 ? printable.substring(0, 64) + "..." : printable;
  }

  List<String> names() {
    return json.names();
  }

  boolean has(String key) {
    return json.get(key) != null;
  }

  JsonValue value(String key) throws PolicyException {
    JsonValue value = json.get(key);
    if (value == null) {
      throw new PolicyException(path + " has no '" + key + "'");
    }
    return value;
  }

  String at(String key) {
    return path + "." + shown(key);
  }

  String text(String key) throws PolicyException {
    return text(value(key), at(key));
  }

  String text(String key, String otherwise) throws PolicyException {
    return has(key) ? text(key) : otherwise;
  }

  static String text(JsonValue value, String path) throws PolicyException {
    if (!value.isString() || value.asString().isEmpty() || value.asString().length() > MAX_TEXT) {
      throw new PolicyException(path + " has to be a text of 1 to " + MAX_TEXT + " characters");
    }
    return value.asString();
  }

  Glob glob(String key) throws PolicyException {
    return has(key) ? glob(text(key), at(key)) : Glob.ANY;
  }

  static Glob glob(String pattern, String path) throws PolicyException {
    if (pattern.isEmpty() || pattern.length() > Glob.MAX_LENGTH) {
      throw new PolicyException(
          path + " has to be a pattern of 1 to " + Glob.MAX_LENGTH + " characters");
    }
    return new Glob(pattern);
  }

  boolean flag(String key) throws PolicyException {
    if (!has(key)) {
      return false;
    }
    if (!value(key).isBoolean()) {
      throw new PolicyException(at(key) + " has to be true or false");
    }
    return value(key).asBoolean();
  }

  double number(String key) throws PolicyException {
    return number(value(key), at(key));
  }

  static double number(JsonValue value, String path) throws PolicyException {
    if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
      throw new PolicyException(path + " has to be a number");
    }
    return value.asDouble();
  }

  long version(String key) throws PolicyException {
    double version = number(key);
    if (version < 1 || version > 1L << 53 || version != Math.rint(version)) {
      throw new PolicyException(at(key) + " has to be a whole number from 1");
    }
    return (long) version;
  }

  Optional<Instant> instant(String key) throws PolicyException {
    if (!has(key)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(text(key)));
    } catch (DateTimeException e) {
      throw new PolicyException(at(key) + " has to be a time such as 2026-01-31T00:00:00Z");
    }
  }

  /** A list, or one value that stands for a list of one; empty when the key is absent. */
  List<JsonValue> list(String key) throws PolicyException {
    if (!has(key)) {
      return List.of();
    }
    JsonValue value = value(key);
    if (!value.isArray()) {
      return List.of(value);
    }
    if (value.asArray().size() > MAX_LIST) {
      throw new PolicyException(at(key) + " has more than " + MAX_LIST + " entries");
    }
    return value.asArray().values();
  }

  List<String> texts(String key) throws PolicyException {
    List<String> texts = new ArrayList<>();
    for (JsonValue value : list(key)) {
      texts.add(text(value, at(key)));
    }
    return texts;
  }
}
