// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.buffer;

import io.kete.buffer.api.AppendCallback;
import io.kete.buffer.api.Refusal;
import io.kete.data.api.Sample;
import io.kete.route.camel.ledger.Outcome;
import io.kete.route.camel.ledger.StepException;
import io.kete.route.camel.ledger.Ticket;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/** One sample on its way to the medium, together with the exchange that waits for it. */
final class Pending implements AppendCallback, Comparable<Pending> {
  private final Lane lane;
  private final Exchange exchange;
  private final AsyncCallback callback;
  private final Sample sample;
  private final Optional<Ticket> ticket;
  private final AtomicBoolean handed = new AtomicBoolean();
  private long number;
  private volatile boolean held;

  Pending(Lane lane, Exchange exchange, AsyncCallback callback, Sample sample) {
    this.lane = lane;
    this.exchange = exchange;
    this.callback = callback;
    this.sample = sample;
    this.ticket = Ticket.of(exchange);
  }

  Sample sample() {
    return sample;
  }

  /** Place in the order in which samples came to the lane; given once, by the lane. */
  void number(long place) {
    number = place;
  }

  /** The stream has it now; exactly one answer counts. */
  void hand() {
    handed.set(true);
  }

  /** It has to wait for a reason the operator should know. */
  void hold(String problem) {
    held = true;
    ticket.ifPresent(known -> known.ledger().raise(lane.problemKey(), problem));
  }

  @Override
  public void accepted(long seq) {
    if (handed.compareAndSet(true, false)) {
      if (held) {
        ticket.ifPresent(known -> known.ledger().clear(lane.problemKey()));
      }
      ticket.ifPresent(known -> known.mark(Outcome.ACCEPTED));
      lane.answered(this, true);
      callback.done(false);
    }
  }

  @Override
  public void refused(Refusal why) {
    if (handed.compareAndSet(true, false)) {
      switch (why.cause()) {
        case FULL, CLOSED -> lane.giveBack(this);
        case STORAGE, INVALID -> {
          lane.answered(this, false);
          fail("refused_" + why.cause().name().toLowerCase(Locale.ROOT), why.message());
        }
      }
    }
  }

  /** The append itself broke; whether the sample was stored is not known. */
  void broken(RuntimeException cause) {
    if (handed.compareAndSet(true, false)) {
      lane.answered(this, false);
      fail("append_failed", "the stream broke with " + cause.getClass().getName());
    }
  }

  void fail(String reason, String message) {
    exchange.setException(new StepException(reason, message));
    callback.done(false);
  }

  @Override
  public int compareTo(Pending other) {
    return Long.compare(number, other.number);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
