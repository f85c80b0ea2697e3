// SPDX-License-Identifier: EPL-2.0
package io.kete.kapua.codec.deploy;

import org.eclipse.kura.message.KuraPayload;

/**
 * EXEC install of what was downloaded before.
 *
 * @param job the operation
 * @param name as in the order of the download
 * @param version likewise
 */
public record InstallOrder(long job, String name, String version) {

  /** Reads an order. */
  public static InstallOrder of(KuraPayload payload) throws BadOrderException {
    Metrics metrics = new Metrics(payload);
    long job = metrics.job();
    metrics.refuseRest();
    return new InstallOrder(
        job,
        metrics.text(Metrics.NAME, Metrics.MAX_NAME),
        metrics.text(Metrics.VERSION, Metrics.MAX_NAME));
  }
}
