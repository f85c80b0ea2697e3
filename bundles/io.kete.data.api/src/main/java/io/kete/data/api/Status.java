// SPDX-License-Identifier: EPL-2.0
package io.kete.data.api;

import java.util.List;
import java.util.Map;

/**
 * How one part of the gateway is doing.
 *
 * @param problems what an operator has to know, one sentence each that says what to do; empty when
 *     all is well
 * @param facts counters and states; values are String, Number, Boolean, or again such a map; never
 *     a reading's value
 */
public record Status(List<String> problems, Map<String, Object> facts) {

  public Status {
    problems = List.copyOf(problems);
    facts = Map.copyOf(facts);
  }
}
