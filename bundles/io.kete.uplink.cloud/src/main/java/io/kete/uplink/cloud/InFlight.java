// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Messages that were published and not confirmed.
 *
 * <p>A confirmation may overtake the return of {@code publish}: the identifier is then not known
 * yet. Such confirmations are held while a publish is under way, and only then, so that a slot can
 * never leak and a reused identifier can never confirm the wrong message.
 */
final class InFlight {

  private final Object lock = new Object();
  private final Map<String, Entry> known = new HashMap<>();
  private final Set<String> early = new HashSet<>();
  private boolean publishing;

  private record Entry(Delivery delivery, long sinceNanos) {}

  /** To be called before publish. */
  void beforePublish() {
    synchronized (lock) {
      publishing = true;
    }
  }

  /** To be called with what publish returned. */
  void published(String id, Delivery delivery, long nowNanos) {
    boolean confirmed;
    synchronized (lock) {
      confirmed = early.contains(id);
      endOfPublish();
      if (!confirmed) {
        known.put(id, new Entry(delivery, nowNanos));
      }
    }
    if (confirmed) {
      delivery.confirmed();
    }
  }

  /** To be called when publish has thrown. */
  void notPublished() {
    synchronized (lock) {
      endOfPublish();
    }
  }

  private void endOfPublish() {
    publishing = false;
    early.clear();
  }

  /** A confirmation has arrived. */
  void confirmed(String id) {
    Entry entry;
    synchronized (lock) {
      entry = known.remove(id);
      if (entry == null && publishing) {
        early.add(id);
      }
    }
    if (entry != null) {
      entry.delivery().confirmed();
    }
  }

  /** Number of messages that wait for their confirmation. */
  int size() {
    synchronized (lock) {
      return known.size();
    }
  }

  /** When the oldest message that still waits was published. */
  Optional<Long> oldestNanos() {
    synchronized (lock) {
      return known.values().stream().map(Entry::sinceNanos).min((a, b) -> Long.signum(a - b));
    }
  }

  /** Forgets everything: the link was lost, confirmations will not come. */
  void clear() {
    synchronized (lock) {
      known.clear();
      early.clear();
    }
  }
}
