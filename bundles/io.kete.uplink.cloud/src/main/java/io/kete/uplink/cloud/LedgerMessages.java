// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import io.kete.buffer.api.StreamLedger;
import io.kete.data.api.RecordMetrics;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.message.KuraPayload;

/** Makes the records that hold an account, as {@code docs/record.md} says. */
final class LedgerMessages {

  private static final String NO_ASSET = "kete";

  private final String stream;
  private final InstantSource clock;

  LedgerMessages(String stream, InstantSource clock) {
    this.stream = stream;
    this.clock = clock;
  }

  /** The account of the stream itself. */
  RecordMessage of(StreamLedger ledger) {
    KuraPayload payload = payload("stream", stream);
    payload.addMetric(RecordMetrics.LEDGER_ACCEPTED, ledger.accepted());
    payload.addMetric(RecordMetrics.LEDGER_DELIVERED, ledger.delivered());
    payload.addMetric(RecordMetrics.LEDGER_BUFFERED, ledger.buffered());
    ledger
        .dropped()
        .forEach(
            (reason, count) -> payload.addMetric(RecordMetrics.LEDGER_DROPPED + reason, count));
    return message(payload);
  }

  /** The account of a route, from the facts of its status. */
  RecordMessage of(String route, Map<String, Object> facts) {
    KuraPayload payload = payload("route", route);
    add(payload, RecordMetrics.LEDGER, facts);
    return message(payload);
  }

  private static void add(KuraPayload payload, String prefix, Map<?, ?> facts) {
    facts.forEach(
        (name, value) -> {
          String metric = prefix + "." + name;
          if (value instanceof Number number && !(value instanceof Double)) {
            payload.addMetric(metric, number.longValue());
          } else if (value instanceof Map<?, ?> inner) {
            add(payload, metric, inner);
          }
        });
  }

  private KuraPayload payload(String kind, String name) {
    KuraPayload payload = new KuraPayload();
    payload.setTimestamp(Date.from(clock.instant()));
    payload.addMetric(RecordMetrics.RECORD, RecordMetrics.KIND_LEDGER);
    payload.addMetric(RecordMetrics.STREAM, stream);
    payload.addMetric(RecordMetrics.LEDGER, kind);
    payload.addMetric(RecordMetrics.LEDGER_NAME, name);
    return payload;
  }

  private RecordMessage message(KuraPayload payload) {
    return new RecordMessage(
        new KuraMessage(
            payload, Map.of(RecordMetrics.ASSET, NO_ASSET, RecordMessages.STREAM_PROPERTY, stream)),
        0,
        0);
  }
}
