// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import io.kete.buffer.api.Lane;
import io.kete.buffer.api.Outlet;
import io.kete.uplink.cloud.exit.Exit;
import io.kete.uplink.cloud.exit.Letter;
import io.kete.uplink.cloud.pace.Hold;
import io.kete.uplink.cloud.pace.Pace;
import io.kete.uplink.cloud.share.SharedLink.Share;
import io.kete.uplink.cloud.share.Ticket;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraRuntimeException;

/**
 * Takes one message after the other to the exit: live before backlog, as far as window, link and
 * limits allow. It stops when the link is known to be down, and after a loss begins with what was
 * not confirmed. Used by one thread.
 */
final class Drain {

  static final String TOO_LARGE = "too-large";
  static final String REFUSED = "refused";

  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final long TICK_NANOS = Duration.ofMillis(10).toNanos();

  private final Relay relay;
  private final Outbox outbox;
  private final Exit exit;
  private final Share share;
  private final Pace pace;
  private final Flight flight;
  private final Signals signals;
  private final Standing standing;
  private final Accounts accounts;
  private final Supplier<UplinkSettings> settings;
  private final Clock clock;
  private final Refusals refusals = new Refusals();
  private boolean isDown;
  private boolean isTick;
  private long nextTick = System.nanoTime();
  private long pauseEnd = nextTick;
  private ZonedDateTime now;

  /** What became of an attempt in one lane. */
  private record Outcome(Kind kind, Duration pause) {

    enum Kind {
      PROGRESS,
      /** The other lane may have more luck. */
      NEXT_LANE,
      /** The other lane would have to wait as well. */
      STOP,
      /** As before, and the link tells when there is room. */
      NO_ROOM
    }

    static final Outcome PROGRESS = new Outcome(Kind.PROGRESS, Duration.ZERO);
    static final Outcome NO_ROOM = new Outcome(Kind.NO_ROOM, IDLE);

    static Outcome nextLane(Duration pause) {
      return new Outcome(Kind.NEXT_LANE, pause);
    }

    static Outcome stop(Duration pause) {
      return new Outcome(Kind.STOP, pause);
    }
  }

  Drain(Outlet outlet, Relay relay) {
    this.relay = relay;
    this.outbox = new Outbox(outlet, relay.messages(), relay.signals());
    this.exit = relay.exit();
    this.share = relay.share();
    this.pace = relay.pace();
    this.flight = relay.flight();
    this.signals = relay.signals();
    this.standing = relay.standing();
    this.accounts = relay.accounts();
    this.settings = relay::settings;
    this.clock = relay.clock();
    this.isDown = !exit.isConnected();
    this.now = ZonedDateTime.now(clock);
  }

  /** Sends one message, or waits until there may be a reason to try again. */
  void step() throws InterruptedException {
    relay.applyChanges();
    tick();
    Outcome outcome = isLinkThere() ? attemptAfterPause() : Outcome.stop(IDLE);
    if (outcome.kind() == Outcome.Kind.PROGRESS) {
      return;
    }
    if (outcome.kind() != Outcome.Kind.NO_ROOM) {
      share.rest();
    }
    relay.refresh();
    signals.await(outcome.pause());
    nextTick = System.nanoTime();
  }

  /** What is worth a look now and then, but not for each of many thousand messages a second. */
  private void tick() {
    long nanos = System.nanoTime();
    isTick = nanos - nextTick >= 0;
    if (isTick) {
      nextTick = nanos + TICK_NANOS;
      now = ZonedDateTime.now(clock);
    }
  }

  /** A pause after a refusal ends early only by a new connection. */
  private Outcome attemptAfterPause() {
    long rest = pauseEnd - System.nanoTime();
    return rest > 0 ? Outcome.stop(Duration.ofNanos(rest)) : attempt();
  }

  private Outcome pause(Duration time) {
    pauseEnd = System.nanoTime() + time.toNanos();
    return Outcome.stop(time);
  }

  private Outcome attempt() {
    if (isTick) {
      outbox.putAccounts(accounts.due(settings.get()));
    }
    Outcome live = advance(Lane.LIVE);
    if (live.kind() != Outcome.Kind.NEXT_LANE) {
      return live;
    }
    Outcome backlog = advance(Lane.BACKLOG);
    boolean isLiveSooner = live.pause().compareTo(backlog.pause()) < 0;
    return isLiveSooner ? new Outcome(backlog.kind(), live.pause()) : backlog;
  }

  private boolean isLinkThere() {
    boolean wasLost = signals.takeLinkLost();
    boolean isBack = signals.takeLinkUp();
    if (wasLost || (isTick && isOverdue())) {
      rewind();
      isDown = wasLost && !isBack;
    }
    if (isBack) {
      pauseEnd = System.nanoTime();
    }
    if (isDown || isBack) {
      boolean wasDown = isDown;
      isDown = !exit.isConnected();
      if (wasDown && !isDown) {
        // what was stored in the meantime is no news any more
        rewind();
        standing.resumed();
      }
    }
    if (isDown) {
      standing.paused("there is no link");
    }
    return !isDown;
  }

  private boolean isOverdue() {
    Duration limit = settings.get().confirmTimeout();
    if (!flight.isOlderThan(limit)) {
      return false;
    }
    standing.overdue(limit.toSeconds());
    return true;
  }

  private void rewind() {
    flight.lost();
    share.lost();
    refusals.goneBack();
    standing.aside(0);
    outbox.rewind();
  }

  private Outcome advance(Lane lane) {
    if (flight.isFull(settings.get().window())) {
      return Outcome.stop(IDLE);
    }
    Optional<Outgoing> head = outbox.head(lane);
    if (head.isEmpty()) {
      standing.held(lane, Optional.empty());
      return Outcome.nextLane(IDLE);
    }
    Optional<Hold> hold = pace.hold(lane, now, System.nanoTime());
    standing.held(lane, hold);
    if (hold.isPresent()) {
      Duration wait = hold.get().pause();
      return Outcome.nextLane(wait.compareTo(IDLE) < 0 ? wait : IDLE);
    }
    return send(lane, head.get());
  }

  private Outcome send(Lane lane, Outgoing outgoing) {
    try {
      Letter letter = outgoing.letter(exit);
      if (letter.bytes() > settings.get().maxMessageBytes()) {
        outbox.removeHead(lane);
        giveUp(outgoing, TOO_LARGE);
        return Outcome.PROGRESS;
      }
      Optional<Ticket> ticket = share.take(lane, letter.bytes(), System.nanoTime());
      return ticket.isEmpty() ? Outcome.NO_ROOM : publish(lane, outgoing, letter, ticket.get());
    } catch (KuraException e) {
      return refused(lane, outgoing, e);
    }
  }

  private Outcome publish(Lane lane, Outgoing outgoing, Letter letter, Ticket ticket)
      throws KuraException {
    flight.send(exit, letter, outgoing, ticket);
    outbox.removeHead(lane);
    pace.sent(letter.bytes(), now, System.nanoTime());
    standing.published();
    standing.resumed();
    if (outgoing.delivery().isOfParcel()) {
      refusals.suspects().forEach(outbox::putBack);
      standing.aside(refusals.size());
    }
    return Outcome.PROGRESS;
  }

  private void giveUp(Outgoing outgoing, String reason) {
    standing.givenUp(outgoing.firstSeq(), reason);
    outgoing.giveUp(reason);
  }

  private Outcome refused(Lane lane, Outgoing outgoing, KuraException e) {
    String why = String.valueOf(e.getMessage());
    Duration time = settings.get().retryInterval();
    switch (Refusals.meaning(e)) {
      case BUSY -> {
        flight.waitForRoom();
        return Outcome.stop(time);
      }
      case NO_LINK -> {
        standing.paused(why);
        rewind();
        isDown = !exit.isConnected();
      }
      case LATER -> standing.paused(why);
      case MESSAGE -> {
        if (outgoing.isLastTry()) {
          outbox.removeHead(lane);
          giveUp(outgoing, REFUSED);
          return Outcome.PROGRESS;
        }
        if (outgoing.refused() >= settings.get().tries()) {
          return setAside(lane, outgoing, why);
        }
      }
    }
    return pause(time);
  }

  private Outcome setAside(Lane lane, Outgoing outgoing, String why) {
    outbox.removeHead(lane);
    if (!outgoing.delivery().isOfParcel()) {
      return Outcome.PROGRESS;
    }
    boolean isItsFault = refusals.setAside(lane, outgoing);
    standing.setAside(outgoing.firstSeq(), why, refusals.size());
    if (isItsFault) {
      return Outcome.PROGRESS;
    }
    standing.paused("every message is refused: " + why);
    rewind();
    return pause(settings.get().confirmTimeout());
  }

  /** A refusal that came as an exception of the program. */
  static KuraException asRefusal(RuntimeException e) {
    return e instanceof KuraRuntimeException kura
        ? new KuraException(kura.getCode(), kura)
        : new KuraException(KuraErrorCode.INVALID_PARAMETER, e, String.valueOf(e.getMessage()));
  }
}
