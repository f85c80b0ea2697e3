// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import io.kete.uplink.cloud.exit.Exit;
import io.kete.uplink.cloud.exit.Letter;
import java.util.Optional;
import org.eclipse.kura.KuraException;

/** A message that waits for its turn, and its place in the parcel it belongs to. */
final class Outgoing {

  private final RecordMessage message;
  private final Delivery delivery;
  private final int place;
  private Optional<Letter> letter = Optional.empty();
  private int refusals;
  private boolean isLastTry;

  Outgoing(RecordMessage message, Delivery delivery, int place) {
    this.message = message;
    this.delivery = delivery;
    this.place = place;
  }

  /** Made once, since a message may have to wait. */
  Letter letter(Exit exit) throws KuraException {
    if (letter.isEmpty()) {
      letter = Optional.of(exit.letter(message.message()));
    }
    return letter.get();
  }

  Delivery delivery() {
    return delivery;
  }

  long firstSeq() {
    return message.firstSeq();
  }

  /** Counts that the exit refused this message itself; returns how often it did. */
  int refused() {
    return ++refusals;
  }

  /**
   * Another message was taken after this one was set aside: if it is refused again, it is wrong.
   */
  void lastTry() {
    isLastTry = true;
  }

  boolean isLastTry() {
    return isLastTry;
  }

  void confirmed() {
    delivery.confirmed(place);
  }

  void giveUp(String reason) {
    delivery.giveUp(place, message, reason);
  }
}
