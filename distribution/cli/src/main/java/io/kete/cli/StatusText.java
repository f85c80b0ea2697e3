// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonObject.Member;
import com.eclipsesource.json.JsonValue;

/** The state of a gateway as text: what is wrong first, then every fact by area. */
final class StatusText {

  private static final String PROBLEMS = "problems";

  private StatusText() {}

  /** Whether nothing needs an operator. */
  static boolean isWell(JsonObject status) {
    return problems(status).isEmpty();
  }

  static String of(JsonObject status) {
    StringBuilder text = new StringBuilder();
    JsonArray problems = problems(status);
    text.append(problems.isEmpty() ? "well\n" : problems.size() + " to look at:\n");
    for (JsonValue problem : problems) {
      text.append("  ! ").append(plain(problem)).append('\n');
    }
    for (Member member : status) {
      if (!member.getName().equals(PROBLEMS)) {
        append(text, member.getName(), member.getValue());
      }
    }
    return text.toString().stripTrailing();
  }

  private static JsonArray problems(JsonObject status) {
    JsonValue problems = status.get(PROBLEMS);
    return problems != null && problems.isArray() ? problems.asArray() : new JsonArray();
  }

  private static void append(StringBuilder text, String name, JsonValue value) {
    if (value.isObject()) {
      for (Member member : value.asObject()) {
        append(text, name + "." + member.getName(), member.getValue());
      }
    } else if (value.isArray()) {
      for (JsonValue item : value.asArray()) {
        append(text, name, item);
      }
    } else {
      text.append(String.format("%-44s %s%n", name, plain(value)));
    }
  }

  private static String plain(JsonValue value) {
    return value.isString() ? value.asString() : value.toString();
  }
}
