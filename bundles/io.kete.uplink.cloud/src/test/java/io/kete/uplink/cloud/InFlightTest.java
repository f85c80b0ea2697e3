// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.buffer.api.Lane;
import io.kete.uplink.cloud.share.Ticket;
import java.time.Duration;
import java.util.Map;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.message.KuraPayload;
import org.junit.jupiter.api.Test;

class InFlightTest {

  private final InFlight inFlight = new InFlight();

  private static InFlight.Sent sent() {
    RecordMessage message = new RecordMessage(new KuraMessage(new KuraPayload(), Map.of()), 1, 1);
    Delivery delivery = Delivery.ofNothing(new FakeStream().open(() -> {}));
    return new InFlight.Sent(
        new Outgoing(message, delivery, 0), new Ticket(Lane.LIVE, 1, 1, System.nanoTime()));
  }

  @Test
  void matchesAnEarlyConfirmationAndLeaksNoSlot() {
    inFlight.beforePublish();
    assertThat(inFlight.confirmed("1", 0)).isEmpty();
    assertThat(inFlight.published("1", sent())).isTrue();
    assertThat(inFlight.size()).isZero();
  }

  @Test
  void holdsConfirmationsOnlyWhileAPublishIsUnderWay() {
    inFlight.confirmed("1", 0);
    inFlight.beforePublish();
    assertThat(inFlight.published("1", sent())).isFalse();
    assertThat(inFlight.size()).isOne();
  }

  @Test
  void aMessageWhoseIdentifierIsUsedAgainStaysInFlight() {
    for (int i = 0; i < 2; i++) {
      inFlight.beforePublish();
      inFlight.published("1", sent());
    }
    assertThat(inFlight.size()).isEqualTo(2);
    assertThat(inFlight.confirmed("1", 0)).isPresent();
    assertThat(inFlight.confirmed("1", 0)).isEmpty();
    assertThat(inFlight.oldestNanos()).isPresent();
  }

  @Test
  void forgetsTheOldestOfTooManyEarlyConfirmations() {
    inFlight.beforePublish();
    for (int i = 0; i <= InFlight.MAX_EARLY; i++) {
      inFlight.confirmed(i, 0);
    }
    assertThat(inFlight.published(0, sent())).as("held too long ago").isFalse();
    inFlight.beforePublish();
    inFlight.confirmed("x", 0);
    assertThat(inFlight.published("x", sent())).isTrue();
  }

  @Test
  void forgetsEarlyConfirmationsAfterAMinute() {
    inFlight.beforePublish();
    inFlight.confirmed("old", 0);
    inFlight.confirmed("new", Duration.ofMinutes(2).toNanos());
    assertThat(inFlight.published("old", sent())).isFalse();
  }
}
