// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonObject.Member;
import com.eclipsesource.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads what JMH measured. Of many short iterations the fastest tenth counts, since others use the
 * machine too; for the same reason all are measured again in each of several rounds.
 */
public final class Iterations {

  private static final int FASTEST = 10;

  private Iterations() {}

  /**
   * What each benchmark took.
   *
   * @param rounds files that JMH wrote
   * @return by the name of the method, followed by the values of its parameters, if it has any,
   *     with a dot before each
   */
  public static Map<String, Double> fastest(List<Path> rounds) throws IOException {
    Map<String, List<Double>> raw = new TreeMap<>();
    for (Path round : rounds) {
      for (JsonValue result : Json.parse(Files.readString(round)).asArray()) {
        List<Double> own = raw.computeIfAbsent(name(result.asObject()), key -> new ArrayList<>());
        for (JsonValue fork :
            result.asObject().get("primaryMetric").asObject().get("rawData").asArray()) {
          fork.asArray().forEach(value -> own.add(value.asDouble()));
        }
      }
    }
    Map<String, Double> found = new TreeMap<>();
    raw.forEach(
        (name, all) -> {
          Collections.sort(all);
          found.put(name, all.get(all.size() / FASTEST));
        });
    return found;
  }

  private static String name(JsonObject result) {
    String full = result.getString("benchmark", "");
    StringBuilder name = new StringBuilder(full.substring(full.lastIndexOf('.') + 1));
    JsonValue parameters = result.get("params");
    if (parameters != null) {
      for (Member parameter : parameters.asObject()) {
        name.append('.').append(parameter.getValue().asString());
      }
    }
    return name.toString();
  }

  /** The figure of that name, which has to be there. */
  public static double of(Map<String, Double> figures, String name) {
    Double figure = figures.get(name);
    if (figure == null) {
      throw new IllegalStateException("not measured: " + name);
    }
    return figure;
  }
}
