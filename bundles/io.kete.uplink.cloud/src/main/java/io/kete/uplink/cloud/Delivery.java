// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import io.kete.buffer.api.Outlet;
import io.kete.buffer.api.Parcel;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A parcel on its way: delivered when each of its messages was confirmed or, with a reason, given
 * up. Safe for several threads.
 */
final class Delivery {

  private record GivenUp(int place, long firstSeq, long count, String reason) {}

  private final Optional<Parcel> parcel;
  private final int messages;
  private final Outlet outlet;
  private final Runnable whenComplete;
  private final BitSet done;
  private final List<GivenUp> givenUp = new ArrayList<>();

  /**
   * A parcel of which some messages were confirmed before the link was lost.
   *
   * @param confirmed their places
   */
  Delivery(Parcel parcel, int messages, BitSet confirmed, Outlet outlet, Runnable whenComplete) {
    this(Optional.of(parcel), messages, confirmed, outlet, whenComplete);
  }

  private Delivery(
      Optional<Parcel> parcel, int messages, BitSet done, Outlet outlet, Runnable whenComplete) {
    this.parcel = parcel;
    this.messages = messages;
    this.done = (BitSet) done.clone();
    this.outlet = outlet;
    this.whenComplete = whenComplete;
  }

  /** Of a message that belongs to no parcel. */
  static Delivery ofNothing(Outlet outlet) {
    return new Delivery(Optional.empty(), 1, new BitSet(), outlet, () -> {});
  }

  /** Whether there is a parcel that waits for this. */
  boolean isOfParcel() {
    return parcel.isPresent();
  }

  int messages() {
    return messages;
  }

  /**
   * Places of the messages that were confirmed. What was given up is not among them: until the
   * outlet has heard of it, a loss of the link makes it be tried again.
   */
  synchronized BitSet confirmed() {
    BitSet confirmed = (BitSet) done.clone();
    givenUp.forEach(lost -> confirmed.clear(lost.place()));
    return confirmed;
  }

  synchronized boolean isComplete() {
    return done.cardinality() == messages;
  }

  /** A message reached the broker. */
  synchronized void confirmed(int place) {
    done.set(place);
    finish();
  }

  /** A message can never reach the broker. */
  synchronized void giveUp(int place, RecordMessage message, String reason) {
    if (message.count() > 0) {
      givenUp.add(new GivenUp(place, message.firstSeq(), message.count(), reason));
      done.set(place);
      finish();
    }
  }

  private void finish() {
    if (done.cardinality() == messages) {
      givenUp.forEach(lost -> outlet.giveUp(lost.firstSeq(), lost.count(), lost.reason()));
      parcel.ifPresent(outlet::acknowledge);
      whenComplete.run();
    }
  }
}
