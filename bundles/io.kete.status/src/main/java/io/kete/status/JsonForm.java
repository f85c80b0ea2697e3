// SPDX-License-Identifier: EPL-2.0
package io.kete.status;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.util.List;
import java.util.Map;

/** A report as JSON: {@code time, well, problems[], areas{name{problems[], facts{}}}}. */
final class JsonForm {

  private JsonForm() {}

  static String of(Report report) {
    JsonObject areas = new JsonObject();
    for (Area area : report.areas()) {
      areas.add(
          area.name(),
          new JsonObject().add("problems", texts(area.problems())).add("facts", map(area.facts())));
    }
    return new JsonObject()
        .add("time", report.time().toString())
        .add("well", report.isWell())
        .add("problems", texts(report.problems()))
        .add("areas", areas)
        .toString();
  }

  private static JsonArray texts(List<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }

  private static JsonObject map(Map<?, ?> facts) {
    JsonObject object = new JsonObject();
    facts.forEach((key, value) -> object.add(String.valueOf(key), value(value)));
    return object;
  }

  private static JsonValue value(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map(map);
    }
    if (value instanceof Boolean truth) {
      return Json.value(truth);
    }
    if (value instanceof Long number) {
      return Json.value(number);
    }
    return value instanceof Double number ? Json.value(number) : Json.value(String.valueOf(value));
  }
}
