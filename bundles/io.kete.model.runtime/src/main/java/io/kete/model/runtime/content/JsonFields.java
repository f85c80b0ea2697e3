// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.content;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The members of one JSON object, read strictly; every refusal names the place. */
final class JsonFields {

  private static final int MAX_SHOWN = 200;

  private final JsonObject json;
  private final String path;

  /** Exactly these keys have to be there. */
  static JsonFields exactly(JsonValue value, String path, Set<String> keys)
      throws RefusedException {
    return between(value, path, keys, Set.of());
  }

  /** These keys have to be there, those may be, others not. */
  static JsonFields between(JsonValue value, String path, Set<String> keys, Set<String> optional)
      throws RefusedException {
    JsonFields fields = atLeast(value, path, keys);
    for (String key : fields.json.names()) {
      if (!keys.contains(key) && !optional.contains(key)) {
        throw RefusedException.lasting(path + " has the unknown key '" + shown(key) + "'");
      }
    }
    return fields;
  }

  /** These keys have to be there; others are not looked at. */
  static JsonFields atLeast(JsonValue value, String path, Set<String> keys)
      throws RefusedException {
    if (!value.isObject()) {
      throw RefusedException.lasting(path + " has to be an object");
    }
    JsonFields fields = new JsonFields(value.asObject(), path);
    Set<String> seen = new HashSet<>();
    for (String key : fields.json.names()) {
      if (!seen.add(key)) {
        throw RefusedException.lasting(path + " has the key '" + shown(key) + "' twice");
      }
    }
    for (String key : keys) {
      if (!seen.contains(key)) {
        throw RefusedException.lasting(path + " has no '" + key + "'");
      }
    }
    return fields;
  }

  private JsonFields(JsonObject json, String path) {
    this.json = json;
    this.path = path;
  }

  static String shown(String text) {
    String printable = text.replaceAll("[^\\p{Print}]", "?");
    return printable.length() > MAX_SHOWN ? printable.substring(0, MAX_SHOWN) + "..." : printable;
  }

  JsonValue value(String key) {
    return json.get(key);
  }

  String at(String key) {
    return path + "." + key;
  }

  String text(String key, Pattern form) throws RefusedException {
    JsonValue value = value(key);
    if (!value.isString() || !form.matcher(value.asString()).matches()) {
      throw RefusedException.lasting(at(key) + " has to be a text of the form " + form.pattern());
    }
    return value.asString();
  }

  String text(String key, int longest) throws RefusedException {
    JsonValue value = value(key);
    if (!value.isString() || value.asString().length() > longest) {
      throw RefusedException.lasting(
          at(key) + " has to be a text of at most " + longest + " characters");
    }
    return value.asString();
  }

  double number(String key, double absent) throws RefusedException {
    return json.get(key) == null ? absent : number(key);
  }

  double number(String key) throws RefusedException {
    return number(value(key), at(key));
  }

  static double number(JsonValue value, String path) throws RefusedException {
    double number = value.isNumber() ? value.asDouble() : Double.NaN;
    if (!Double.isFinite(number)) {
      throw RefusedException.lasting(path + " has to be a finite number");
    }
    return number;
  }

  long whole(String key, long least, long most) throws RefusedException {
    double number = number(key);
    if (number != Math.rint(number) || number < least || number > most) {
      throw RefusedException.lasting(
          at(key) + " has to be a whole number from " + least + " to " + most);
    }
    return (long) number;
  }

  List<JsonValue> list(String key, int most) throws RefusedException {
    JsonValue value = value(key);
    if (!value.isArray() || value.asArray().isEmpty() || value.asArray().size() > most) {
      throw RefusedException.lasting(at(key) + " has to be a list of 1 to " + most + " entries");
    }
    return value.asArray().values();
  }
}
