// SPDX-License-Identifier: EPL-2.0
package io.kete.status;

import io.kete.data.api.Status;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Cuts what a source says to what may be shown: size, depth, types, control characters. */
final class Bounds {
  static final int MAX_ENTRIES = 200;
  static final int MAX_DEPTH = 4;
  static final int MAX_TEXT = 300;
  private static final int MAX_PROBLEMS = 50;

  private Bounds() {}

  static Area area(String name, Status status) {
    return new Area(
        name,
        status.problems().stream().limit(MAX_PROBLEMS).map(Bounds::text).toList(),
        facts(status.facts(), MAX_DEPTH));
  }

  private static SortedMap<String, Object> facts(Map<?, ?> facts, int depth) {
    SortedMap<String, Object> bounded = new TreeMap<>();
    for (Map.Entry<?, ?> fact : facts.entrySet()) {
      if (bounded.size() == MAX_ENTRIES) {
        bounded.put("...", "more than " + MAX_ENTRIES);
        break;
      }
      bounded.put(text(String.valueOf(fact.getKey())), value(fact.getValue(), depth));
    }
    return bounded;
  }

  private static Object value(Object value, int depth) {
    if (value instanceof Map<?, ?> map) {
      return depth > 1 ? facts(map, depth - 1) : "nested too deep";
    }
    if (value instanceof Boolean truth) {
      return truth;
    }
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      return Double.isFinite(number) ? (Object) number : "no number";
    }
    if (value instanceof Number number) {
      return number.longValue();
    }
    return value instanceof String text ? text(text) : "no text, no number";
  }

  static String text(String text) {
    String cut = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "..." : text;
    return cut.replaceAll("\\p{Cntrl}", " ");
  }
}
