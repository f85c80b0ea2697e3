// SPDX-License-Identifier: EPL-2.0
package io.kete.demo.centre;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An account of a stream or a route, as section 4 of docs/record.md says. One that does not add up
 * cannot be read.
 *
 * @param whose {@code stream} or {@code route}
 * @param name of the stream or route
 * @param timeMillis when it was sent
 * @param entries by name, without what they have in common
 */
public record Ledger(String whose, String name, long timeMillis, Map<String, Long> entries) {

  /** Whose account it is, when it is that of a stream. */
  static final String OF_STREAM = "stream";

  private static final String OF_ROUTE = "route";
  private static final String WHOSE = "kete.ledger";
  private static final String NAME = "kete.ledger.name";
  private static final String ENTRY = "kete.ledger.";
  private static final Set<String> OTHERS = Set.of("kete.record", "kete.stream", WHOSE, NAME);

  static Ledger read(Payload payload) throws RecordException {
    Ledger ledger =
        new Ledger(payload.text(WHOSE), payload.text(NAME), payload.timestamp(), entries(payload));
    switch (ledger.whose) {
      case OF_STREAM -> {
        if (!ledger.name.equals(payload.text("kete.stream"))) {
          throw new RecordException("the account of " + ledger.name + " came in another stream");
        }
        ledger.even("accepted", List.of("delivered", "buffered"), "dropped.");
      }
      case OF_ROUTE ->
          ledger.even(
              "captured", List.of("accepted", "filtered", "absorbed", "inRoute"), "failed.");
      default -> throw new RecordException("account of an unknown kind " + ledger.whose);
    }
    return ledger;
  }

  private static Map<String, Long> entries(Payload payload) throws RecordException {
    Map<String, Long> entries = new TreeMap<>();
    for (String metric : payload.metrics().keySet()) {
      if (OTHERS.contains(metric)) {
        continue;
      }
      if (!metric.startsWith(ENTRY)) {
        throw new RecordException("an account holds the metric " + metric);
      }
      long entry = payload.number(metric);
      if (entry < 0) {
        throw new RecordException(metric + " of an account is negative");
      }
      entries.put(metric.substring(ENTRY.length()), entry);
    }
    if (!payload.body().isEmpty()) {
      throw new RecordException("an account has a body");
    }
    return entries;
  }

  private void even(String whole, List<String> parts, String byReason) throws RecordException {
    long sum = 0;
    for (String part : parts) {
      sum += entry(part);
    }
    for (Map.Entry<String, Long> entry : entries.entrySet()) {
      sum += entry.getKey().startsWith(byReason) ? entry.getValue() : 0;
    }
    if (sum != entry(whole)) {
      throw new RecordException(
          "the account of %s %s is not even: %s %d, the rest %d"
              .formatted(whose, name, whole, entry(whole), sum));
    }
  }

  /** An entry that has to be there. */
  long entry(String entry) throws RecordException {
    Long value = entries.get(entry);
    if (value == null) {
      throw new RecordException("the account of " + whose + " " + name + " lacks " + entry);
    }
    return value;
  }
}
