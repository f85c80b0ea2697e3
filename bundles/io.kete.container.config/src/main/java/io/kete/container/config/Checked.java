// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The outcome of holding properties against a definition.
 *
 * @param values what is right
 * @param faults what is not
 */
record Checked(Map<String, Object> values, List<Fault> faults) {

  /** The first fault that keeps the component from being configured. */
  Optional<Fault> refusal() {
    return faults.stream().filter(Fault::fatal).findFirst();
  }
}
