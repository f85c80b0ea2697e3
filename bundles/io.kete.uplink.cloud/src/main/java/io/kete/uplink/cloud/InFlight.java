// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import io.kete.uplink.cloud.share.Ticket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Messages that were published and not confirmed.
 *
 * <p>A confirmation may overtake the return of {@code publish}: the identifier is then not known
 * yet. Such confirmations are held while a publish is under way, and only then, so that a slot can
 * never leak and a reused identifier can never confirm the wrong message. At most {@value
 * #MAX_EARLY} are held, and each for a minute; others use the connection as well, so most of them
 * may be of no concern.
 */
final class InFlight {

  static final int MAX_EARLY = 1_024;
  private static final long EARLY_NANOS = Duration.ofMinutes(1).toNanos();

  private final Object lock = new Object();
  private final Map<Object, Sent> known = new LinkedHashMap<>();
  private final Map<Object, Long> early = new LinkedHashMap<>();
  private boolean publishing;

  /** A message on its way. */
  record Sent(Outgoing outgoing, Ticket ticket) {}

  /** To be called before publish. */
  void beforePublish() {
    synchronized (lock) {
      publishing = true;
    }
  }

  /** To be called with what publish returned; tells whether it is confirmed already. */
  boolean published(Object id, Sent sent) {
    synchronized (lock) {
      boolean confirmed = early.containsKey(id);
      endOfPublish();
      if (!confirmed) {
        Sent before = known.remove(id);
        known.put(id, sent);
        if (before != null) {
          // nobody can confirm it any more; it stays, to become overdue
          known.put(new Object(), before);
        }
      }
      return confirmed;
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

  /** A confirmation has arrived; returns the message if it is known. */
  Optional<Sent> confirmed(Object id, long nowNanos) {
    synchronized (lock) {
      Sent sent = known.remove(id);
      if (sent == null && publishing) {
        early.values().removeIf(since -> nowNanos - since > EARLY_NANOS);
        if (early.size() >= MAX_EARLY) {
          early.remove(early.keySet().iterator().next());
        }
        early.put(id, nowNanos);
      }
      return Optional.ofNullable(sent);
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
      return known.isEmpty()
          ? Optional.empty()
          : Optional.of(known.values().iterator().next().ticket().sentNanos());
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
