// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import io.kete.uplink.cloud.exit.Exit;
import io.kete.uplink.cloud.exit.Letter;
import io.kete.uplink.cloud.share.SharedLink.Share;
import io.kete.uplink.cloud.share.Ticket;
import java.time.Duration;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraRuntimeException;

/**
 * What happens between sending and confirmation. One thread sends; confirmations come on the exit's
 * threads.
 */
final class Flight implements Exit.Events {

  private final InFlight inFlight = new InFlight();
  private final Share share;
  private final Signals signals;
  private final Standing standing;
  private volatile int wakeAt = -1;

  Flight(Share share, Signals signals, Standing standing) {
    this.share = share;
    this.signals = signals;
    this.standing = standing;
  }

  /** Sends a letter; the ticket goes back when it is refused. */
  void send(Exit exit, Letter letter, Outgoing outgoing, Ticket ticket) throws KuraException {
    InFlight.Sent sent = new InFlight.Sent(outgoing, ticket);
    boolean isConfirmed = false;
    boolean isSent = false;
    inFlight.beforePublish();
    try {
      Object id = exit.send(letter);
      isConfirmed = inFlight.published(id, sent);
      isSent = true;
    } catch (KuraRuntimeException | IllegalArgumentException e) {
      throw Drain.asRefusal(e);
    } finally {
      if (!isSent) {
        inFlight.notPublished();
        share.returned(ticket);
      }
    }
    if (isConfirmed) {
      landed(sent, System.nanoTime());
    }
  }

  private void landed(InFlight.Sent sent, long nowNanos) {
    share.confirmed(sent.ticket(), nowNanos);
    standing.confirmed();
    sent.outgoing().confirmed();
  }

  /**
   * Whether as many messages are in flight as are allowed. After that the drain is woken when a
   * quarter of the window is free, not for each confirmation.
   */
  boolean isFull(int window) {
    if (inFlight.size() < window) {
      wakeAt = -1;
      return false;
    }
    wakeAt = window - Math.max(1, window / 4);
    return inFlight.size() > wakeAt;
  }

  /** The exit takes no more for now; the next confirmation wakes the drain. */
  void waitForRoom() {
    wakeAt = Integer.MAX_VALUE;
  }

  boolean isOlderThan(Duration limit) {
    return inFlight
        .oldestNanos()
        .filter(since -> System.nanoTime() - since > limit.toNanos())
        .isPresent();
  }

  /** Nothing that is in flight will be confirmed. */
  void lost() {
    if (inFlight.size() > 0) {
      standing.rewound();
    }
    inFlight.clear();
  }

  int size() {
    return inFlight.size();
  }

  @Override
  public void confirmed(Object id) {
    long now = System.nanoTime();
    inFlight.confirmed(id, now).ifPresent(sent -> landed(sent, now));
    if (inFlight.size() <= wakeAt) {
      signals.wake();
    }
  }

  @Override
  public void linkUp() {
    signals.linkUp();
  }

  @Override
  public void linkLost() {
    signals.linkLost();
  }
}
