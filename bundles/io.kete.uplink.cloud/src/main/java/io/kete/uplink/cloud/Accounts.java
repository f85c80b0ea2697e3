// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import io.kete.buffer.api.StreamLedger;
import io.kete.data.api.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Says when the accounts of the stream and of the routes are to be sent, and what they say. */
final class Accounts {

  private final LedgerMessages messages;
  private final Supplier<StreamLedger> stream;
  private final Supplier<Map<String, Status>> routes;
  private long sentNanos;
  private boolean hasSent;

  /**
   * None sent yet.
   *
   * @param routes the status of each route by name
   */
  Accounts(
      LedgerMessages messages,
      Supplier<StreamLedger> stream,
      Supplier<Map<String, Status>> routes) {
    this.messages = messages;
    this.stream = stream;
    this.routes = routes;
  }

  /** The ledger records to be sent now; none most of the time. */
  List<RecordMessage> due(UplinkSettings settings) {
    long now = System.nanoTime();
    long interval = settings.ledgerInterval().toNanos();
    if (interval == 0 || (hasSent && now - sentNanos < interval)) {
      return List.of();
    }
    hasSent = true;
    sentNanos = now;
    List<RecordMessage> due = new ArrayList<>();
    due.add(messages.of(stream.get()));
    if (settings.routeLedgers()) {
      routes.get().forEach((name, status) -> due.add(messages.of(name, status.facts())));
    }
    return due;
  }
}
