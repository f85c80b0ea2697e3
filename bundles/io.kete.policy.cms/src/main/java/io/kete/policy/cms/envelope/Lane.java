// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms.envelope;

import io.kete.policy.cms.envelope.Recipients.Resolution;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is sealed for the same recipients. Holds the epoch in force; takes no lock as
 * long as it lasts, and looks at the certificates again from time to time.
 */
final class Lane {

  private static final long RECHECK_NANOS = 60_000_000_000L;
  private static final long RETRY_NANOS = 5_000_000_000L;

  private final List<String> names;
  private final Lanes lanes;
  private volatile @Nullable State state;

  Lane(List<String> names, Lanes lanes) {
    this.names = names;
    this.lanes = lanes;
  }

  /** A ticket; empty when there is nobody to seal for at present. */
  Optional<Ticket> ticket() {
    State now = state;
    if (now == null || now.stale(lanes.nanos(), lanes.millis())) {
      now = renew();
    }
    Optional<Ticket> ticket = now.ticket();
    return ticket.isPresent() || now.epoch == null ? ticket : renew().ticket();
  }

  /** Looks at the certificates again when it is time to. */
  void refresh() {
    State now = state;
    if (now != null && now.stale(lanes.nanos(), lanes.millis())) {
      renew();
    }
  }

  /** Whether it is known that there is nobody to seal for. */
  boolean closed() {
    State now = state;
    return now != null && now.epoch == null;
  }

  Optional<KeyEpoch> epoch() {
    State now = state;
    return now == null ? Optional.empty() : Optional.ofNullable(now.epoch);
  }

  List<String> problems() {
    State now = state;
    return now == null ? List.of() : now.problems;
  }

  List<String> names() {
    return names;
  }

  private synchronized State renew() {
    long nanos = lanes.nanos();
    long millis = lanes.millis();
    State old = state;
    if (old != null && !old.stale(nanos, millis) && !old.usedUp()) {
      return old;
    }
    Resolution found = lanes.resolve(names, millis);
    KeyEpoch epoch = null;
    long end = nanos;
    if (!found.valid().isEmpty()) {
      if (old != null && old.serves(found, nanos)) {
        epoch = old.epoch;
        end = old.endNanos;
      } else {
        epoch = lanes.begin(names, found.valid());
        end = nanos + lanes.limits().age().toNanos();
      }
    }
    State next =
        new State(epoch, end, nanos + (epoch == null ? RETRY_NANOS : RECHECK_NANOS), found);
    state = next;
    return next;
  }

  private static final class State {
    final @Nullable KeyEpoch epoch;
    final long endNanos;
    final long recheckNanos;
    final long fromMillis;
    final long untilMillis;
    final List<String> problems;

    State(@Nullable KeyEpoch epoch, long endNanos, long recheckNanos, Resolution found) {
      this.epoch = epoch;
      this.endNanos = endNanos;
      this.recheckNanos = recheckNanos;
      this.fromMillis = found.fromMillis();
      this.untilMillis = found.untilMillis();
      this.problems = found.problems();
    }

    boolean stale(long nanos, long millis) {
      return nanos - recheckNanos >= 0
          || (epoch != null
              && (nanos - endNanos >= 0 || millis < fromMillis || millis > untilMillis));
    }

    boolean usedUp() {
      return epoch != null && epoch.usedUp();
    }

    boolean serves(Resolution found, long nanos) {
      List<String> wanted = found.valid().stream().map(Recipient::fingerprint).toList();
      return epoch != null
          && nanos - endNanos < 0
          && !epoch.usedUp()
          && epoch.fingerprints().equals(wanted);
    }

    Optional<Ticket> ticket() {
      if (epoch == null) {
        return Optional.empty();
      }
      OptionalLong number = epoch.reserve();
      return number.isPresent()
          ? Optional.of(new Ticket(epoch, number.getAsLong()))
          : Optional.empty();
    }
  }
}
