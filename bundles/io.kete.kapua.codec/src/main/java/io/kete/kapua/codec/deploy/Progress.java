// SPDX-License-Identifier: EPL-2.0
package io.kete.kapua.codec.deploy;

import java.util.Date;
import org.eclipse.kura.message.KuraPayload;

/**
 * One notification. Kapua knows three states and reads the progress as INT32; another word, or
 * another type, leaves its operation open for ever.
 *
 * @param operation what is going on
 * @param job the operation on Kapua's side
 * @param state how it stands
 * @param percent 0 to 100
 * @param size bytes of the package; 0 where it does not matter
 * @param index number of the notification in its operation
 * @param subject name of the package
 * @param message for the operator; Kapua's log of the operation shows it
 */
public record Progress(
    Operation operation,
    long job,
    State state,
    int percent,
    long size,
    int index,
    String subject,
    String message) {

  /** The words Kapua knows. */
  public enum State {
    /** Goes on. */
    IN_PROGRESS,
    /** Ended well. */
    COMPLETED,
    /** Ended badly. */
    FAILED
  }

  private static final int MAX_MESSAGE = 4096;

  /** The payload; without the client id when that is empty, since Kapua takes it from the topic. */
  public KuraPayload payload(String clientId) {
    KuraPayload payload = new KuraPayload();
    payload.setTimestamp(new Date());
    if (!clientId.isEmpty()) {
      payload.addMetric("client.id", clientId);
    }
    payload.addMetric(Metrics.JOB, job);
    payload.addMetric(operation.metric("status"), state.name());
    payload.addMetric(operation.metric("progress"), percent);
    if (operation == Operation.DOWNLOAD) {
      payload.addMetric("dp.download.size", (int) Math.min(size, Integer.MAX_VALUE));
      payload.addMetric("dp.download.index", index);
    } else {
      payload.addMetric(Metrics.NAME, subject);
    }
    String text = message.substring(0, Math.min(message.length(), MAX_MESSAGE));
    payload.addMetric("dp.notify.message", text);
    if (state == State.FAILED) {
      payload.addMetric(operation.metric("error.message"), text);
    }
    return payload;
  }
}
