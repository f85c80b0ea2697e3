// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.message;

import java.text.ParseException;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** A payload that asks for an answer: it names itself and the one who asks. */
@ProviderType
public class KuraRequestPayload extends KuraPayload {
  public static final String METRIC_REQUEST_ID = "request.id";
  public static final String REQUESTER_CLIENT_ID = "requester.client.id";

  /** An empty request. */
  public KuraRequestPayload() {}

  /** A request with everything the payload holds. */
  public KuraRequestPayload(KuraPayload payload) {
    payload.metrics().forEach(super::addMetric);
    setBody(payload.getBody());
    setPosition(payload.getPosition());
    setTimestamp(payload.getTimestamp());
  }

  /**
   * Takes a payload for a request.
   *
   * @throws ParseException when it has no request id
   */
  public static KuraRequestPayload buildFromKuraPayload(KuraPayload payload) throws ParseException {
    if (payload.getMetric(METRIC_REQUEST_ID) == null) {
      throw new ParseException("no metric " + METRIC_REQUEST_ID, 0);
    }
    return new KuraRequestPayload(payload);
  }

  /** The id the answer has to carry; null when missing. */
  public @Nullable String getRequestId() {
    return (String) getMetric(METRIC_REQUEST_ID);
  }

  /** Sets the id the answer has to carry. */
  public void setRequestId(String requestId) {
    addMetric(METRIC_REQUEST_ID, requestId);
  }

  /** The client the answer goes to; null when missing. */
  public @Nullable String getRequesterClientId() {
    return (String) getMetric(REQUESTER_CLIENT_ID);
  }

  /** Sets the client the answer goes to. */
  public void setRequesterClientId(String requesterClientId) {
    addMetric(REQUESTER_CLIENT_ID, requesterClientId);
  }
}
