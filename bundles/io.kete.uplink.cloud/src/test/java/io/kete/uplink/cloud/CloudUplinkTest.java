// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kete.buffer.api.Lane;
import io.kete.data.api.Status;
import io.kete.uplink.cloud.pace.PaceSettings;
import io.kete.uplink.cloud.pace.Schedule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CloudUplinkTest {

  private final FakeStream stream = new FakeStream();
  private final FakePublisher publisher = new FakePublisher();
  private final FakeSurroundings surroundings = new FakeSurroundings(stream, publisher);
  private final CloudUplink uplink = Uplinks.start(surroundings, Uplinks.SETTINGS);

  @AfterEach
  void close() {
    if (surroundings.registered.get() > 0) {
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
    await().until(() -> Integer.valueOf(4).equals(uplink.status().facts().get("inFlight")));

    publisher.confirm("m1");
    await().until(() -> publisher.count() == 5);
    await().until(() -> Integer.valueOf(4).equals(uplink.status().facts().get("inFlight")));
  }

  @Test
  void sendsAgainOnlyWhatWasInFlightWhenTheLinkBroke() {
    stream.put(Parcels.open(1, 3));
    await().until(() -> publisher.count() == 3);
    publisher.confirm("m1");
    publisher.confirm("m3");

    publisher.linkLost();
    await().until(() -> stream.rewinds() > 0);
    publisher.linkBack();
    await().until(() -> publisher.count() == 4);
    assertThat(publisher.seqs()).containsExactly(1L, 2L, 3L, 2L);
    assertThat(publisher.message(3).getPayload().getMetric("kete.replay")).isEqualTo(true);

    publisher.confirm("m2");
    assertThat(stream.acknowledgedCount()).as("a confirmation of the old link").isZero();
    publisher.confirm("m4");
    assertThat(stream.acknowledgedCount()).isOne();
  }

  @Test
  void sendsLiveBeforeTheRestOfTheBacklog() {
    stream.put(Parcels.open(1, 6));
    await().until(() -> publisher.count() == 4);
    stream.put(Lane.LIVE, Parcels.open(90, 1));

    publisher.confirm("m1");
    await().until(() -> publisher.count() == 5);
    assertThat(publisher.seqs()).containsExactly(1L, 2L, 3L, 4L, 90L);
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
    uplink.change(Uplinks.WAY, Uplinks.with(4, Duration.ofMillis(50), PaceSettings.FREE));
    stream.put(Parcels.open(1, 1));
    await().until(() -> publisher.count() >= 2);
    assertThat(stream.rewinds()).isPositive();
  }

  @Test
  void changesLimitsWithoutLosingWhatIsInFlight() {
    stream.put(Parcels.open(1, 6));
    await().until(() -> publisher.count() == 4);

    uplink.change(Uplinks.WAY, Uplinks.with(6, Duration.ofMinutes(10), PaceSettings.FREE));
    await().until(() -> publisher.count() == 6);
    assertThat(stream.rewinds()).isZero();
    for (int i = 1; i <= 6; i++) {
      publisher.confirm("m" + i);
    }
    assertThat(stream.acknowledgedCount()).isOne();
  }

  @Test
  void showsWhichLimitHoldsALaneBack() {
    PaceSettings never =
        new PaceSettings(0, 0, Schedule.ALWAYS, Schedule.parse("0 0 30 2 *"), 0, 0);
    uplink.change(Uplinks.WAY, Uplinks.with(4, Duration.ofMinutes(10), never));
    stream.put(Parcels.open(1, 1));
    await().until(() -> "schedule.backlog".equals(uplink.status().facts().get("held.backlog")));
    stream.put(Lane.LIVE, Parcels.open(2, 1));
    await().until(() -> publisher.count() == 1);
    assertThat(publisher.seqs()).containsExactly(2L);

    uplink.change(Uplinks.WAY, Uplinks.SETTINGS);
    await().until(() -> publisher.count() == 2);
    await().until(() -> !uplink.status().facts().containsKey("held.backlog"));
  }

  @Test
  void tellsTheAccountsOfStreamAndRoutes() {
    uplink.addRoute(
        () -> new Status(List.of(), Map.of("captured", 5L, "failed", Map.of("device", 1L))),
        Map.of("kete.status.area", "route.pump"));
    uplink.change(Uplinks.WAY, Uplinks.withLedgers());
    await().until(() -> publisher.count() == 2);

    KuraMessage ofStream = publisher.message(1);
    assertThat(ofStream.getPayload().metrics())
        .containsEntry("kete.record", "ledger/1")
        .containsEntry("kete.ledger", "stream")
        .containsEntry("kete.ledger.name", "telemetry")
        .containsEntry("kete.ledger.accepted", 10L)
        .containsEntry("kete.ledger.delivered", 6L)
        .containsEntry("kete.ledger.buffered", 3L)
        .containsEntry("kete.ledger.dropped.max-age", 1L);
    assertThat(publisher.message(0).getPayload().metrics())
        .containsEntry("kete.ledger", "route")
        .containsEntry("kete.ledger.name", "pump")
        .containsEntry("kete.ledger.captured", 5L)
        .containsEntry("kete.ledger.failed.device", 1L);
  }

  @Test
  void waitsForTheExitThatIsAskedFor() {
    Way transport = new Way(Way.Kind.DATA_TRANSPORT, "cloud", "W1", 512);
    uplink.change(transport, Uplinks.SETTINGS);
    assertThat(uplink.status().problems().get(0)).contains("DataTransportService.target");
    await().until(() -> !stream.isOpen());

    uplink.change(Uplinks.WAY, Uplinks.SETTINGS);
    stream.put(Parcels.open(1, 1));
    await().until(() -> publisher.count() == 1);
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
    assertThat(surroundings.registered).as("status sources").hasValue(0);
  }
}
