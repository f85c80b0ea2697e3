// SPDX-License-Identifier: EPL-2.0
package io.kete.demo.centre;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which model made which channels of a sample, as section 3 of docs/record.md writes it.
 *
 * @param slot where the model served
 * @param model its name
 * @param version its version
 * @param digest names its content, possibly shortened
 * @param outputs channels it made
 */
public record Lineage(
    String slot, String model, String version, String digest, List<String> outputs) {

  private static final Pattern FORM =
      Pattern.compile("([^=;]+)=([^/;]+)/([^@;]+)@([0-9a-f]{8,64}):([^:;]+)");

  /** Reads the metric {@code kete.model}; an empty text names no model. */
  static List<Lineage> parse(String metric) throws RecordException {
    List<Lineage> all = new ArrayList<>();
    for (String text : metric.isEmpty() ? new String[0] : metric.split(";", -1)) {
      Matcher form = FORM.matcher(text);
      if (!form.matches()) {
        throw new RecordException("lineage cannot be read: " + text);
      }
      all.add(
          new Lineage(
              form.group(1),
              form.group(2),
              form.group(3),
              form.group(4),
              List.of(form.group(5).split("\\+", -1))));
    }
    return all;
  }
}
