// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CloudUplinkTest {

  private static final UplinkSettings SETTINGS =
      new UplinkSettings(4, Duration.ofMinutes(10), Duration.ofMillis(10));

  private final FakeStream stream = new FakeStream();
  private final FakePublisher publisher = new FakePublisher();
  private final AtomicInteger registered = new AtomicInteger(1);
  private final CloudUplink uplink =
      new CloudUplink(
          stream,
          publisher,
          SETTINGS,
          InstantSource.system(),
          source -> registered::decrementAndGet);

  @AfterEach
  void close() {
    if (registered.get() > 0) {
      uplink.close();
    }
  }

  @Test
  void acknowledgesAParcelOnlyWhenEachOfItsMessagesIsConfirmed() {
    stream.put(Parcels.open(1, 3));
    await().until(() -> publisher.count() == 3);

    publisher.confirm("m1");
    publisher.confirm("m3");
    assertThat(stream.acknowledgedCount()).isZero();
    publisher.confirm("m2");
    assertThat(stream.acknowledgedCount()).isOne();
  }

  @Test
  void matchesAConfirmationThatOvertakesPublish() {
    publisher.confirmDuringPublish(true);
    for (int i = 0; i < 100; i++) {
      stream.put(Parcels.open(1 + i, 1));
    }
    await().until(() -> stream.acknowledgedCount() == 100);
    assertThat(publisher.count()).isEqualTo(100);
  }

  @Test
  void neverTakesAStrayConfirmationForOneOfItsOwn() {
    publisher.identifiers(n -> "reused");
    publisher.confirm("reused");
    stream.put(Parcels.open(1, 1));
    await().until(() -> publisher.count() == 1);

    assertThat(stream.acknowledgedCount()).isZero();
    publisher.confirm("reused");
    assertThat(stream.acknowledgedCount()).isOne();
  }

  @Test
  void keepsNoMoreMessagesInFlightThanTheWindowAllows() {
    stream.put(Parcels.open(1, 10));
    await().until(() -> publisher.count() == 4);
    assertThat(uplink.status().facts()).containsEntry("inFlight", 4);

    publisher.confirm("m1");
    await().until(() -> publisher.count() == 5);
    assertThat(uplink.status().facts()).containsEntry("inFlight", 4);
  }

  @Test
  void sendsAgainWhatWasInFlightWhenTheLinkBroke() {
    stream.put(Parcels.open(1, 1));
    stream.put(Parcels.open(2, 1));
    await().until(() -> publisher.count() == 2);
    publisher.confirm("m1");

    publisher.linkLost();
    await().until(() -> stream.rewinds() == 1);
    publisher.linkBack();
    await().until(() -> publisher.count() == 3);
    assertThat(publisher.message(2).getPayload().getMetric("kete.seq")).isEqualTo(2L);

    publisher.confirm("m2");
    assertThat(stream.acknowledgedCount()).as("a confirmation of the old link").isOne();
    publisher.confirm("m3");
    assertThat(stream.acknowledgedCount()).isEqualTo(2);
  }

  @Test
  void saysWhyItDoesNotSendAndGoesOnByItself() {
    publisher.connected(false);
    stream.put(Parcels.open(1, 1));
    await().until(() -> !uplink.status().problems().isEmpty());
    assertThat(uplink.status().problems().get(0)).contains("telemetry").contains("kept");

    publisher.linkBack();
    await().until(() -> publisher.count() == 1);
    await().until(() -> uplink.status().problems().isEmpty());
  }

  @Test
  void sendsAgainWhenConfirmationsStayAway() {
    FakeStream slow = new FakeStream();
    FakePublisher silent = new FakePublisher();
    UplinkSettings impatient = new UplinkSettings(4, Duration.ofMillis(50), Duration.ofMillis(10));
    CloudUplink other =
        new CloudUplink(slow, silent, impatient, InstantSource.system(), source -> () -> {});
    try {
      slow.put(Parcels.open(1, 1));
      await().until(() -> silent.count() >= 2);
      assertThat(slow.rewinds()).isPositive();
    } finally {
      other.close();
    }
  }

  @Test
  void leavesNoThreadNoListenerAndNoOutlet() {
    await().until(stream::isOpen);
    uplink.close();
    await()
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(t -> t.getName().startsWith("uplink-cloud-")));
    assertThat(publisher.listeners()).isZero();
    assertThat(stream.isOpen()).isFalse();
    assertThat(registered).as("status sources").hasValue(0);
  }
}
