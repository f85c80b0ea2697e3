// SPDX-License-Identifier: EPL-2.0
package io.kete.kapua.codec.deploy;

import java.util.Optional;
import org.eclipse.kura.message.KuraPayload;

/**
 * EXEC uninstall.
 *
 * @param job the operation
 * @param name symbolic name of the package
 * @param version the one that has to be installed; empty when any may be
 */
public record UninstallOrder(long job, String name, Optional<String> version) {

  /** Reads an order. */
  public static UninstallOrder of(KuraPayload payload) throws BadOrderException {
    Metrics metrics = new Metrics(payload);
    long job = metrics.job();
    metrics.refuseRest();
    return new UninstallOrder(
        job,
        metrics.text(Metrics.NAME, Metrics.MAX_NAME),
        metrics.optionalText(Metrics.VERSION, Metrics.MAX_NAME).filter(text -> !text.isBlank()));
  }
}
