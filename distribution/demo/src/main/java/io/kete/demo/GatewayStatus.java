// SPDX-License-Identifier: EPL-2.0
package io.kete.demo;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonObject.Member;
import com.eclipsesource.json.JsonValue;
import com.eclipsesource.json.ParseException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the gateway says about itself. Only shown, never part of the verdict.
 *
 * @param status the document of the status page
 */
record GatewayStatus(JsonObject status) {

  private static final int LIMIT_MILLIS = 2_000;
  private static final int MAX_BYTES = 1 << 20;

  /** Nothing said yet. */
  static GatewayStatus none() {
    return new GatewayStatus(new JsonObject());
  }

  /** Asks the status page of the gateway with this data directory; empty while there is none. */
  static Optional<GatewayStatus> ask(Path data) {
    try {
      String port = Files.readString(data.resolve("run/status.port")).strip();
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + Integer.parseInt(port) + "/status")
                  .toURL()
                  .openConnection();
      connection.setConnectTimeout(LIMIT_MILLIS);
      connection.setReadTimeout(LIMIT_MILLIS);
      try (InputStream in = connection.getInputStream()) {
        String text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        return Optional.of(new GatewayStatus(Json.parse(text).asObject()));
      } finally {
        connection.disconnect();
      }
    } catch (IOException
        | ParseException
        | NumberFormatException
        | UnsupportedOperationException notYet) {
      return Optional.empty();
    }
  }

  /** What needs an operator. */
  List<String> problems() {
    JsonValue problems = status.get("problems");
    List<String> texts = new ArrayList<>();
    if (problems != null && problems.isArray()) {
      problems
          .asArray()
          .forEach(
              problem -> texts.add(problem.isString() ? problem.asString() : problem.toString()));
    }
    return texts;
  }

  /** The facts of an area such as {@code route.pump}; empty when there is none. */
  JsonObject facts(String area) {
    return child(child(child(status, "areas"), area), "facts");
  }

  private static JsonObject child(JsonObject parent, String name) {
    JsonValue value = parent.get(name);
    return value != null && value.isObject() ? value.asObject() : new JsonObject();
  }

  long number(String area, String fact) {
    JsonValue value = facts(area).get(fact);
    return value != null && value.isNumber() ? Math.round(value.asDouble()) : 0;
  }

  /** A text below a fact, or the fact itself when the name is empty; empty when it is not there. */
  String text(String area, String fact, String name) {
    JsonValue value = name.isEmpty() ? facts(area).get(fact) : child(facts(area), fact).get(name);
    return value != null && value.isString() ? value.asString() : "";
  }

  /** The counters below a fact, by name. */
  TreeMap<String, Long> numbers(String area, String fact) {
    TreeMap<String, Long> numbers = new TreeMap<>();
    for (Member member : child(facts(area), fact)) {
      if (member.getValue().isNumber()) {
        numbers.put(member.getName(), Math.round(member.getValue().asDouble()));
      }
    }
    return numbers;
  }

  /** The sum of the counters below a fact. */
  long sum(String area, String fact) {
    return numbers(area, fact).values().stream().mapToLong(Long::longValue).sum();
  }
}
