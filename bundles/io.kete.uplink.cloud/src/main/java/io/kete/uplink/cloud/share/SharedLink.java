// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud.share;

import io.kete.buffer.api.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One connection that several streams use. Live messages go before backlog, whoever's they are;
 * within a lane the streams share by weight, ten for priority 0 down to one for priority 9.
 *
 * <p>The backlog keeps in flight what the link carries in the allowed delay, live messages up to
 * twice as much, so that nothing ever waits long behind what was sent before it. Safe for several
 * threads; never blocks.
 */
public final class SharedLink {

  private final Object lock = new Object();
  private final AckWindow window = new AckWindow();
  private final List<Share> shares = new ArrayList<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private long inFlight;

  /**
   * How the link is doing.
   *
   * @param limitBytes what the backlog may keep in flight
   * @param inFlightBytes what is in flight, of all streams
   * @param delayMillis how long the last confirmation took
   */
  public record Gauge(long limitBytes, long inFlightBytes, long delayMillis) {}

  /** Takes part in the link; {@code wake} is called when there may be room. */
  public Share join(Runnable wake) {
    Share share = new Share(wake);
    synchronized (lock) {
      shares.add(share);
    }
    return share;
  }

  /** The present figures. */
  public Gauge gauge() {
    synchronized (lock) {
      return new Gauge(window.limit(), inFlight, window.lastDelay().toMillis());
    }
  }

  boolean isUnused() {
    synchronized (lock) {
      return shares.isEmpty();
    }
  }

  private boolean hasRoom(Lane lane, int bytes) {
    long limit = lane == Lane.LIVE ? 2 * window.limit() : window.limit();
    return inFlight == 0 || inFlight + bytes <= limit;
  }

  private void wakeWaiting() {
    if (waiting.get() == 0) {
      return;
    }
    List<Share> toWake;
    synchronized (lock) {
      toWake = shares.stream().filter(share -> share.isWaiting).toList();
    }
    toWake.forEach(share -> share.wake.run());
  }

  /** The part of one stream. */
  public final class Share implements AutoCloseable {

    private final Runnable wake;
    private int weight = 1;
    private Duration allowedDelay = Duration.ofSeconds(1);
    private boolean isWaiting;
    private Lane waitingLane = Lane.BACKLOG;
    private double turn;
    private long mine;

    private Share(Runnable wake) {
      this.wake = wake;
    }

    /**
     * Sets what the stream asks for.
     *
     * @param priority 0, most urgent, to 9
     * @param delay how long a confirmation may take beyond the time of the link itself
     */
    public void ask(int priority, Duration delay) {
      synchronized (lock) {
        weight = 10 - priority;
        allowedDelay = delay;
      }
    }

    /**
     * Room for a message, or nothing; {@code wake} is called then as soon as it is worth asking
     * again.
     */
    public Optional<Ticket> take(Lane lane, int bytes, long nowNanos) {
      synchronized (lock) {
        if (!isWaiting && mine == 0) {
          // who was away has saved nothing up
          turn = Math.max(turn, leastTurn());
        }
        if (!hasRoom(lane, bytes) || isPreceded(lane)) {
          waits(true);
          waitingLane = lane;
          return Optional.empty();
        }
        waits(false);
        turn += (double) bytes / weight;
        mine += bytes;
        inFlight += bytes;
        return Optional.of(new Ticket(lane, bytes, inFlight, nowNanos));
      }
    }

    private void waits(boolean now) {
      if (now != isWaiting) {
        waiting.addAndGet(now ? 1 : -1);
        isWaiting = now;
      }
    }

    private double leastTurn() {
      return shares.stream()
          .filter(share -> share != this && (share.isWaiting || share.mine > 0))
          .mapToDouble(share -> share.turn)
          .min()
          .orElse(turn);
    }

    private boolean isPreceded(Lane lane) {
      if (waiting.get() > 0) {
        for (Share other : shares) {
          if (other.precedes(this, lane)) {
            return true;
          }
        }
      }
      return false;
    }

    private boolean precedes(Share other, Lane lane) {
      if (other == this || !isWaiting) {
        return false;
      }
      return waitingLane == lane ? turn < other.turn : waitingLane == Lane.LIVE;
    }

    /** Asks for nothing at present, so that nobody waits for this stream. */
    public void rest() {
      boolean waited;
      synchronized (lock) {
        waited = isWaiting;
        waits(false);
      }
      if (waited) {
        wakeWaiting();
      }
    }

    /** A message was confirmed. */
    public void confirmed(Ticket ticket, long nowNanos) {
      synchronized (lock) {
        window.confirmed(
            ticket.bytes(), ticket.ahead(), nowNanos - ticket.sentNanos(), smallestDelay());
        free(ticket.bytes());
      }
      wakeWaiting();
    }

    private Duration smallestDelay() {
      Duration smallest = allowedDelay;
      for (Share share : shares) {
        smallest = share.allowedDelay.compareTo(smallest) < 0 ? share.allowedDelay : smallest;
      }
      return smallest;
    }

    /** The message was not sent after all. */
    public void returned(Ticket ticket) {
      synchronized (lock) {
        free(ticket.bytes());
      }
      wakeWaiting();
    }

    private void free(int bytes) {
      mine -= bytes;
      inFlight -= bytes;
    }

    /** The connection was lost, and with it all that this stream had in flight. */
    public void lost() {
      synchronized (lock) {
        inFlight -= mine;
        mine = 0;
        waits(false);
        window.reset();
      }
      wakeWaiting();
    }

    /** The link that this is a part of. */
    public Gauge gauge() {
      return SharedLink.this.gauge();
    }

    /** Takes no part any more. */
    @Override
    public void close() {
      synchronized (lock) {
        inFlight -= mine;
        mine = 0;
        waits(false);
        shares.remove(this);
      }
      wakeWaiting();
    }
  }
}
