// SPDX-License-Identifier: EPL-2.0
package io.kete.demo.centre;

import java.util.List;
import java.util.Map;

/**
 * One sample as the centre has it.
 *
 * @param seq number in its stream
 * @param timeMillis capture time in milliseconds since 1970 UTC
 * @param asset whose sample it is, empty when only a sealed part arrived
 * @param values Long, Double, Boolean or String by channel, open and unsealed
 * @param qualities by channel, where not GOOD
 * @param lineages which models made which of the values
 */
public record Received(
    long seq,
    long timeMillis,
    String asset,
    Map<String, Object> values,
    Map<String, String> qualities,
    List<Lineage> lineages) {

  private static final String GATEWAY = "kete.";

  /** Whether the gateway speaks of itself and not of a device. */
  public boolean isGatewaysOwn() {
    return asset.startsWith(GATEWAY);
  }

  boolean isMadeByModel(String channel) {
    return lineages.stream().anyMatch(lineage -> lineage.outputs().contains(channel));
  }
}
