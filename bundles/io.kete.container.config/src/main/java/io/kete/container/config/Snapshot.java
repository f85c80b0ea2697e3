// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import java.util.List;

/**
 * A document of component configurations.
 *
 * @param source what messages call it: a file name, or what else it was read from
 */
record Snapshot(String source, List<StoredComponent> components) {

  Snapshot {
    components = List.copyOf(components);
  }
}
