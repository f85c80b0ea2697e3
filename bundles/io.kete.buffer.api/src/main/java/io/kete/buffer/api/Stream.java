// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.api;

import io.kete.data.api.Sample;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A durable, ordered stream of samples. Offered as a service with the properties {@link #NAME},
 * {@link #PRIORITY} and {@link #TRANSPORT}.
 *
 * <p>{@code append} may be called from any number of threads; one consumer at a time drains the
 * stream.
 */
@ProviderType
public interface Stream {

  /** Service property: name of the stream. */
  String NAME = "kete.stream";

  /**
   * Service property: how urgent the stream is, an Integer from 0 (first) to 9 (last), the
   * direction Kura counts in. Of several streams that share a link the most urgent one is drained
   * first.
   */
  String PRIORITY = "kete.stream.priority";

  /**
   * Service property: the kind of uplink that is meant to drain the stream, for instance {@code
   * cloud} or {@code bulk}.
   */
  String TRANSPORT = "kete.stream.transport";

  /** Name of the stream, unique on a gateway. */
  String name();

  /**
   * Hands a sample over and returns at once. The callback is called exactly once: from the thread
   * of the group commit after the sample is on the medium or could not be stored, or from the
   * calling thread, before this method returns, when the sample is refused without being looked at.
   * Samples of one caller keep their order.
   */
  void append(Sample sample, AppendCallback callback);

  /**
   * Opens the sending side. Everything that is not acknowledged is offered again, oldest first.
   *
   * @param wakeup called, from any thread, when there may be something new to poll; must return at
   *     once
   * @throws IllegalStateException if an outlet is open already
   */
  Outlet open(Runnable wakeup);

  /** The account of the stream, exact across crashes. */
  StreamLedger ledger();
}
