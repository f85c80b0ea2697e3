// SPDX-License-Identifier: EPL-2.0
package io.kete.status;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is shown of one part of the gateway.
 *
 * @param facts String, Boolean, Long, Double, or again such a map
 */
record Area(String name, List<String> problems, SortedMap<String, Object> facts) {

  Area {
    problems = List.copyOf(problems);
  }

  /** An area that says only what is wrong with it. */
  static Area silent(String name, String problem) {
    return new Area(name, List.of(problem), new TreeMap<>());
  }
}
