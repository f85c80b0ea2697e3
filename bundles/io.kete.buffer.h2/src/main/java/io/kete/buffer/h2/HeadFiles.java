// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import java.util.Optional;

/**
 * Heads as files of their own: a new file each time, the one before stays until the new one is on
 * the medium.
 */
final class HeadFiles {

  private static final String PREFIX = "head-";
  private static final int MAX_BYTES = 1 << 20;

  private final Medium medium;

  HeadFiles(Medium medium) {
    this.medium = medium;
  }

  /** The newest head that can be read. */
  Optional<Head> newest() throws StorageException {
    Optional<Head> newest = Optional.empty();
    for (String name : medium.names()) {
      if (name.startsWith(PREFIX)) {
        Optional<Head> head = Frame.parse(medium.read(name, MAX_BYTES)).flatMap(Head::of);
        if (head.isPresent()
            && (newest.isEmpty() || head.get().version() > newest.get().version())) {
          newest = head;
        }
      }
    }
    return newest;
  }

  /** Stores a head durably and removes the others. */
  void write(Head head) throws StorageException {
    String name = PREFIX + head.version();
    medium.write(name, head.toFrame().toBytes());
    for (String other : medium.names()) {
      if (other.startsWith(PREFIX) && !other.equals(name)) {
        medium.delete(other);
      }
    }
  }
}
