// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/** Writes a model.json, one element of a list a line, so that people can read and compare it. */
final class ModelText {

  private final List<String> members = new ArrayList<>();

  ModelText add(String key, JsonValue value) {
    members.add("  " + Json.value(key) + ": " + value);
    return this;
  }

  ModelText add(String key, JsonArray list) {
    List<String> lines = list.values().stream().map(element -> "    " + element).toList();
    members.add("  " + Json.value(key) + ": [\n" + String.join(",\n", lines) + "\n  ]");
    return this;
  }

  /** Golden vectors of these examples. */
  static JsonArray golden(List<Examples.Example> examples, double tolerance) {
    JsonArray golden = new JsonArray();
    for (Examples.Example example : examples) {
      golden.add(
          new JsonObject()
              .add("inputs", array(example.inputs()))
              .add("outputs", array(example.outputs()))
              .add("tolerance", tolerance));
    }
    return golden;
  }

  private static JsonArray array(List<Double> numbers) {
    JsonArray array = new JsonArray();
    numbers.forEach(array::add);
    return array;
  }

  @Override
  public String toString() {
    return "{\n" + String.join(",\n", members) + "\n}\n";
  }
}
