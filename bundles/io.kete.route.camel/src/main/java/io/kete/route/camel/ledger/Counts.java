// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.ledger;

import java.util.Map;

/**
 * The account of a route in samples: captured = accepted + filtered + absorbed + failed + in route.
 * Polls that gave no sample are {@code missed}; {@code removed} counts single readings taken out,
 * by step.
 */
public record Counts(
    long captured,
    long accepted,
    long filtered,
    long absorbed,
    long inRoute,
    Map<String, Long> failed,
    Map<String, Long> missed,
    Map<String, Long> removed) {

  public Counts {
    failed = Map.copyOf(failed);
    missed = Map.copyOf(missed);
    removed = Map.copyOf(removed);
  }

  /** Whether the account is even; anything else is a fault of this bundle. */
  public boolean isEven() {
    long lost = failed.values().stream().mapToLong(Long::longValue).sum();
    return captured == accepted + filtered + absorbed + lost + inRoute;
  }

  /** As facts of a status. */
  public Map<String, Object> facts() {
    return Map.of(
        "captured", captured,
        "accepted", accepted,
        "filtered", filtered,
        "absorbed", absorbed,
        "inRoute", inRoute,
        "failed", failed,
        "missed", missed,
        "removedReadings", removed);
  }
}
