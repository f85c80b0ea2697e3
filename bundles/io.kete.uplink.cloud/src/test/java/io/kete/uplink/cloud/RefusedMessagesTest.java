// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraStoreException;
import org.eclipse.kura.KuraTooManyInflightMessagesException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefusedMessagesTest {

  private final FakeStream stream = new FakeStream();
  private final FakePublisher publisher = new FakePublisher();
  private final AtomicBoolean isConnected = new AtomicBoolean(true);
  private final CloudUplink uplink =
      Uplinks.start(new FakeSurroundings(stream, publisher, 5, isConnected::get), Uplinks.SETTINGS);

  @AfterEach
  void close() {
    uplink.close();
  }

  private static Optional<KuraException> wrong() {
    return Optional.of(new KuraException(KuraErrorCode.ENCODE_ERROR, "wrong"));
  }

  @Test
  void aMessageThatIsRefusedForEverDoesNotStopTheStream() {
    publisher.refuse(seq -> seq == 2 ? wrong() : Optional.empty());
    stream.put(Parcels.open(1, 4));
    await().until(() -> publisher.count() == 3);
    assertThat(publisher.seqs()).containsExactly(1L, 3L, 4L);

    for (int i = 1; i <= 3; i++) {
      publisher.confirm("m" + i);
    }
    await().until(() -> stream.acknowledgedCount() == 1);
    assertThat(stream.givenUp()).containsExactly("2+1 refused");
    assertThat(uplink.status().facts()).containsEntry("givenUp.refused", 1L);
  }

  @Test
  void whatWasGivenUpIsToldAlsoWhenTheLinkIsLostBeforeTheRestIsConfirmed() {
    publisher.refuse(seq -> seq == 2 ? wrong() : Optional.empty());
    stream.put(Parcels.open(1, 4));
    await().until(() -> uplink.status().facts().containsKey("givenUp.refused"));
    publisher.confirm("m1");
    isConnected.set(false);
    publisher.linkLost();
    await().until(() -> stream.rewinds() > 0);
    isConnected.set(true);
    publisher.linkBack();
    await()
        .until(
            () -> {
              for (int i = 1; i <= publisher.count(); i++) {
                publisher.confirm("m" + i);
              }
              return stream.acknowledgedCount() == 1;
            });
    assertThat(stream.givenUp()).as("no silent loss").containsExactly("2+1 refused");
  }

  @Test
  void nothingIsGivenUpWhenEveryMessageIsRefused() {
    publisher.refuse(seq -> wrong());
    stream.put(Parcels.open(1, 40));
    await().until(() -> stream.rewinds() > 0);
    assertThat(uplink.status().problems().get(0)).contains("every message is refused");
    assertThat(stream.givenUp()).isEmpty();

    publisher.refuse(seq -> Optional.empty());
    publisher.linkBack();
    await()
        .until(
            () -> {
              publisher.confirm("m" + publisher.count());
              return publisher.count() >= 4;
            });
    assertThat(stream.givenUp()).isEmpty();
    assertThat(publisher.seqs()).startsWith(1L, 2L, 3L, 4L);
  }

  @Test
  void aMessageThatIsTakenInTheEndIsNotLost() {
    publisher.refuse(seq -> seq == 1 && publisher.count() == 0 ? wrong() : Optional.empty());
    stream.put(Parcels.open(1, 1));
    stream.put(Parcels.open(2, 1));
    await().until(() -> publisher.count() == 2);
    assertThat(publisher.seqs()).containsExactly(2L, 1L);
    assertThat(stream.givenUp()).isEmpty();
  }

  @Test
  void aMessageThatIsTooLargeIsGivenUpAtOnce() {
    publisher.confirmDuringPublish(true);
    stream.put(Parcels.large(1, 2 << 20));
    stream.put(Parcels.open(2, 1));
    await().until(() -> stream.acknowledgedCount() == 2);
    assertThat(stream.givenUp()).containsExactly("1+1 too-large");
    assertThat(publisher.seqs()).containsExactly(2L);
  }

  @Test
  void aFullStoreOfThePublisherIsNoFaultOfTheMessage() {
    AtomicBoolean isFull = new AtomicBoolean(true);
    publisher.refuse(
        seq -> isFull.get() ? Optional.of(new KuraStoreException("full")) : Optional.empty());
    stream.put(Parcels.open(1, 1));
    await().until(() -> publisher.attempts() > 5);
    assertThat(uplink.status().problems()).isNotEmpty();
    isFull.set(false);
    await().until(() -> publisher.count() == 1);
    assertThat(stream.givenUp()).isEmpty();
    assertThat(stream.rewinds()).isZero();
  }

  @Test
  void tooManyInFlightWaitsForAConfirmation() {
    publisher.refuse(
        seq ->
            seq == 2 && publisher.count() == 1 && stream.acknowledgedCount() == 0
                ? Optional.of(new KuraTooManyInflightMessagesException("many"))
                : Optional.empty());
    stream.put(Parcels.open(1, 1));
    stream.put(Parcels.open(2, 1));
    await().until(() -> publisher.attempts() > 2);
    assertThat(uplink.status().problems()).isEmpty();
    publisher.confirm("m1");
    await().until(() -> publisher.count() == 2);
  }

  @Test
  void aPublisherWithAStoreGetsNothingTwiceWhileTheLinkIsDown() {
    publisher.hasStore();
    stream.put(Parcels.open(1, 2));
    await().until(() -> publisher.count() == 2);
    isConnected.set(false);
    publisher.linkLost();
    await().until(() -> stream.rewinds() > 0);
    int before = publisher.attempts();
    for (int seq = 3; seq < 20; seq++) {
      stream.put(Parcels.open(seq, 1));
    }
    await().until(() -> !uplink.status().problems().isEmpty());
    assertThat(publisher.attempts()).isEqualTo(before);

    isConnected.set(true);
    publisher.linkBack();
    await().until(() -> publisher.count() == 6);
  }
}
