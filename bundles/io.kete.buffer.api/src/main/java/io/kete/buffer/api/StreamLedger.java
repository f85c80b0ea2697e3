// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.api;

import java.util.Map;

/**
 * The account of a stream in samples: accepted = delivered + buffered + all dropped. In flight is
 * part of buffered.
 *
 * @param accepted samples that were on the medium, ever
 * @param delivered samples that a receiver confirmed
 * @param buffered samples on the medium that still have to be delivered
 * @param dropped samples that were accepted and then given up, by reason
 * @param storedBytes bytes on the medium
 */
public record StreamLedger(
    long accepted, long delivered, long buffered, Map<String, Long> dropped, long storedBytes) {

  public StreamLedger {
    dropped = Map.copyOf(dropped);
  }

  /** Whether the account is even; anything else is a fault of the store. */
  public boolean isEven() {
    return accepted
        == delivered + buffered + dropped.values().stream().mapToLong(Long::longValue).sum();
  }
}
