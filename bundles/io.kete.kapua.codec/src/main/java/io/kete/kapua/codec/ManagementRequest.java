// SPDX-License-Identifier: EPL-2.0
package io.kete.kapua.codec;

import java.util.Optional;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraRequestPayload;

/**
 * A request that can be answered.
 *
 * @param topic what is asked for
 * @param requestId goes into the last level of the answer's topic
 * @param requester the client that waits for the answer
 * @param payload metrics and body of the request
 */
public record ManagementRequest(
    RequestTopic topic, String requestId, String requester, KuraPayload payload) {

  private static final int MAX_LENGTH = 255;

  /**
   * The request; empty when it does not name itself and its sender by texts that can be topic
   * levels. Kura is silent then, too.
   */
  public static Optional<ManagementRequest> of(RequestTopic topic, KuraPayload payload) {
    if (payload.getMetric(KuraRequestPayload.METRIC_REQUEST_ID) instanceof String requestId
        && payload.getMetric(KuraRequestPayload.REQUESTER_CLIENT_ID) instanceof String requester
        && isUsable(requestId)
        && isUsable(requester)) {
      return Optional.of(new ManagementRequest(topic, requestId, requester, payload));
    }
    return Optional.empty();
  }

  private static boolean isUsable(String level) {
    return level.length() <= MAX_LENGTH && KapuaAddress.isLevel(level);
  }
}
