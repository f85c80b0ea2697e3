// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.scenario;

import java.util.Map;
import java.util.TreeMap;

/**
 * One sample as the centre has it.
 *
 * @param values as text, by channel
 * @param qualities by channel, where not good
 */
record Sample(
    long seq, long timeMillis, Map<String, String> values, Map<String, String> qualities) {

  static Sample parse(String line) {
    String[] fields = line.split("\t", -1);
    Map<String, String> values = new TreeMap<>();
    Map<String, String> qualities = new TreeMap<>();
    for (int i = 2; i < fields.length; i++) {
      int equals = fields[i].indexOf('=');
      int mark = fields[i].indexOf('!');
      if (mark >= 0 && (equals < 0 || mark < equals)) {
        qualities.put(fields[i].substring(0, mark), fields[i].substring(mark + 1));
      } else {
        values.put(fields[i].substring(0, equals), fields[i].substring(equals + 1));
      }
    }
    return new Sample(Long.parseLong(fields[0]), Long.parseLong(fields[1]), values, qualities);
  }

  /** A whole number. */
  long number(String channel) {
    return Long.parseLong(values.getOrDefault(channel, "-1"));
  }
}
