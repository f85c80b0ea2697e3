// SPDX-License-Identifier: EPL-2.0
package io.kete.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The numbers of a report in the text format of Prometheus: {@code kete_<fact>{area="<area>"}
 * <number>}. Nested facts are joined by an underscore.
 */
final class MetricsForm {
  private final SortedMap<String, List<String>> lines = new TreeMap<>();

  private MetricsForm() {}

  static String of(Report report) {
    MetricsForm form = new MetricsForm();
    form.lines.put("kete_well", List.of("kete_well " + (report.isWell() ? 1 : 0)));
    for (Area area : report.areas()) {
      form.add("kete_problems", area.name(), Long.toString(area.problems().size()));
      form.add("kete", area.name(), area.facts());
    }
    StringBuilder text = new StringBuilder();
    form.lines.forEach(
        (name, samples) -> {
          text.append("# TYPE ").append(name).append(" untyped\n");
          samples.forEach(sample -> text.append(sample).append('\n'));
        });
    return text.toString();
  }

  private void add(String prefix, String area, Map<?, ?> facts) {
    facts.forEach(
        (key, value) -> {
          String name = prefix + "_" + name(String.valueOf(key));
          if (value instanceof Map<?, ?> map) {
            add(name, area, map);
          } else if (value instanceof Long || value instanceof Double) {
            add(name, area, value.toString());
          }
        });
  }

  private void add(String name, String area, String number) {
    String label = area.replace("\\", "\\\\").replace("\"", "\\\"");
    List<String> samples = lines.computeIfAbsent(name, key -> new ArrayList<>());
    String start = name + "{area=\"" + label + "\"} ";
    if (samples.stream().noneMatch(sample -> sample.startsWith(start))) {
      samples.add(start + number);
    }
  }

  private static String name(String key) {
    return key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
  }
}
