// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import com.eclipsesource.json.ParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The inputs of a model: a list {@code name:unit,...} in the order of the model, or a file with the
 * array {@code roles} of a model.json, for those who scale or allow missing values.
 */
final class RoleList {

  private static final int MAX_BYTES = 1 << 20;

  private final List<String> names = new ArrayList<>();
  private final JsonArray json;
  private final boolean complete;

  private RoleList(JsonArray json, boolean complete) {
    this.json = json;
    this.complete = complete;
    json.forEach(role -> names.add(role.asObject().getString("name", "")));
  }

  /** From the option's text. */
  static RoleList of(String text) throws IOException {
    if (text.endsWith(".json")) {
      return read(Path.of(text));
    }
    JsonArray roles = new JsonArray();
    for (String part : text.split(",", -1)) {
      JsonObject role = new JsonObject();
      role.add("name", name(part)).add("unit", unit(part));
      roles.add(role);
    }
    return new RoleList(roles, false);
  }

  static String name(String part) {
    return part.split(":", 2)[0].strip();
  }

  static String unit(String part) {
    String[] words = part.split(":", 2);
    return words.length == 2 ? words[1].strip() : "";
  }

  private static RoleList read(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + " is longer than " + MAX_BYTES + " bytes");
    }
    try {
      JsonArray roles = Json.parse(Files.readString(file)).asArray();
      if (!roles.values().stream().allMatch(JsonValue::isObject)) {
        throw new IOException(file + ": each role has to be an object");
      }
      return new RoleList(roles, true);
    } catch (ParseException | UnsupportedOperationException e) {
      throw new IOException(file + " is no JSON array of roles: " + e.getMessage(), e);
    }
  }

  List<String> names() {
    return names;
  }

  /**
   * As model.json has them.
   *
   * @param range where the range of a role comes from when it is not stated
   * @param training statistics of the training set, if there is one
   */
  JsonArray json(Function<String, Statistics> range, java.util.Optional<TrainingSet> training) {
    JsonArray roles = new JsonArray();
    for (JsonValue value : json) {
      JsonObject role = new JsonObject(value.asObject());
      String name = role.getString("name", "");
      if (!complete) {
        role.add("min", range.apply(name).min());
        role.add("max", range.apply(name).max());
        role.add("missing", "REFUSE").add("offset", 0).add("scale", 1);
      }
      training
          .flatMap(set -> set.of(name))
          .filter(statistics -> role.get("mean") == null && role.get("deviation") == null)
          .ifPresent(
              statistics ->
                  role.add("mean", statistics.mean()).add("deviation", statistics.deviation()));
      roles.add(role);
    }
    return roles;
  }
}
