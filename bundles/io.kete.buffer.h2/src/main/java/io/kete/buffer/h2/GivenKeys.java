// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import io.kete.buffer.api.Lane;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * On which lane the key of which epoch was given out since the last rewind. The lanes may be sent
 * in any order among each other, so each carries the keys its blocks need.
 */
final class GivenKeys {

  private final Map<Lane, Set<String>> epochs = new EnumMap<>(Lane.class);

  /** Notes that the key is given out now; false when it was already. */
  boolean add(Lane lane, String epoch) {
    return epochs.computeIfAbsent(lane, l -> new HashSet<>()).add(epoch);
  }

  void remove(String epoch) {
    epochs.values().forEach(lane -> lane.remove(epoch));
  }

  void clear() {
    epochs.values().forEach(Set::clear);
  }
}
