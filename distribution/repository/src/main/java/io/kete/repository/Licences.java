// SPDX-License-Identifier: EPL-2.0
package io.kete.repository;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The licences in a CycloneDX bill of materials, one line for each component. */
final class Licences {

  private Licences() {}

  static String of(String materials) {
    TreeSet<String> lines = new TreeSet<>();
    for (JsonValue each : Json.parse(materials).asObject().get("components").asArray()) {
      JsonObject component = each.asObject();
      List<String> names = new ArrayList<>();
      JsonValue licences = component.get("licenses");
      if (licences != null) {
        for (JsonValue licence : licences.asArray()) {
          names.add(name(licence.asObject()));
        }
      }
      if (names.isEmpty()) {
        throw new IllegalArgumentException(
            component.getString("purl", "a component") + " says no licence");
      }
      lines.add(
          component.getString("group", "")
              + ':'
              + component.getString("name", "")
              + ' '
              + component.getString("version", "")
              + "  "
              + String.join(", ", names));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String name(JsonObject licence) {
    JsonValue inner = licence.get("license");
    if (inner == null) {
      return licence.getString("expression", "unknown");
    }
    String id = inner.asObject().getString("id", "");
    return id.isEmpty() ? inner.asObject().getString("name", "unknown") : id;
  }
}
