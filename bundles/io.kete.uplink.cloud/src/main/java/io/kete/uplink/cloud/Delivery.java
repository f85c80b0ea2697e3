// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import io.kete.buffer.api.Parcel;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A parcel on its way: delivered when each of its messages was confirmed. */
final class Delivery {

  private final Parcel parcel;
  private final AtomicInteger open;
  private final Consumer<Parcel> whenDelivered;

  Delivery(Parcel parcel, int messages, Consumer<Parcel> whenDelivered) {
    this.parcel = parcel;
    this.open = new AtomicInteger(messages);
    this.whenDelivered = whenDelivered;
  }

  /** One message of the parcel reached the broker. */
  void confirmed() {
    if (open.decrementAndGet() == 0) {
      whenDelivered.accept(parcel);
    }
  }
}
