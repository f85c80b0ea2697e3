// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The segments an outlet has open for reading, together for both lanes: H2 locks a file for as long
 * as it is open, so it can be open once only. For one thread at a time.
 */
final class OpenSegments implements AutoCloseable {

  /** One for each lane. */
  private static final int MOST = 2;

  private final StreamStore store;

  /** The one that was used last comes last. */
  private final Map<SegmentFile, Segment> open = new LinkedHashMap<>(4, 0.75f, true);

  OpenSegments(StreamStore store) {
    this.store = store;
  }

  /** Opens a segment, unless it is open. */
  Segment open(SegmentFile file) throws StorageException {
    Segment known = open.get(file);
    if (known != null) {
      return known;
    }
    Segment fresh = Segment.openForReading(store.medium().file(file.name()), store.keyOf(file));
    open.put(file, fresh);
    Iterator<Map.Entry<SegmentFile, Segment>> oldest = open.entrySet().iterator();
    while (oldest.hasNext()) {
      Map.Entry<SegmentFile, Segment> entry = oldest.next();
      boolean isGone = !store.chain().holds(entry.getKey());
      if (isGone || open.size() > MOST) {
        entry.getValue().close();
        oldest.remove();
      }
    }
    return fresh;
  }

  /** Lets go of a segment. */
  void close(SegmentFile file) {
    Segment known = open.remove(file);
    if (known != null) {
      known.close();
    }
  }

  @Override
  public void close() {
    open.values().forEach(Segment::close);
    open.clear();
  }
}
