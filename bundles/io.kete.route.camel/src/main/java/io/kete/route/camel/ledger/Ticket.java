// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.ledger;

import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * Travels with an exchange through its route, and with the copies that split or multicast make, so
 * that every step can say what became of the sample. Safe for use by several threads.
 */
public final class Ticket {
  private static final String PROPERTY = "kete.ticket";

  private final RouteLedger ledger;
  private Outcome outcome = Outcome.FILTERED;

  Ticket(RouteLedger ledger) {
    this.ledger = ledger;
  }

  /** The ticket of an exchange; empty outside a route of ours. */
  public static Optional<Ticket> of(Exchange exchange) {
    return Optional.ofNullable(exchange.getProperty(PROPERTY, Ticket.class));
  }

  /** Fastens this ticket to an exchange. */
  public void attach(Exchange exchange) {
    exchange.setProperty(PROPERTY, this);
  }

  /** Says what became of the sample; of several answers the furthest counts. */
  public synchronized void mark(Outcome reached) {
    if (reached.compareTo(outcome) > 0) {
      outcome = reached;
    }
  }

  /** The furthest answer so far. */
  public synchronized Outcome outcome() {
    return outcome;
  }

  /** The account this sample is in. */
  public RouteLedger ledger() {
    return ledger;
  }
}
