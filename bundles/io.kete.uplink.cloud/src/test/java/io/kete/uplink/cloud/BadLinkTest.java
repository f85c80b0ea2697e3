// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kete.buffer.api.Lane;
import io.kete.uplink.cloud.pace.PaceSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.junit.jupiter.api.Test;

/** A link that breaks again and again, confirms early, late or never. */
class BadLinkTest {

  private static final int PARCELS = 400;
  private static final int IN_PARCEL = 3;
  private static final int WINDOW = 16;
  private static final int LOSSES = 15;

  private final Random random = new Random(20_261_122);
  private final FakeStream stream = new FakeStream();
  private final FakePublisher publisher = new FakePublisher();
  private int confirmed;

  @Test
  void deliversEverythingInOrderOfItsLaneAndRepeatsOnlyWhatWasInFlight() {
    CloudUplink uplink =
        Uplinks.start(
            new FakeSurroundings(stream, publisher, 5, publisher::isConnected),
            Uplinks.with(WINDOW, Duration.ofMinutes(10), PaceSettings.FREE));
    try {
      for (int i = 0; i < PARCELS; i++) {
        Lane lane = i < PARCELS / 2 ? Lane.BACKLOG : Lane.LIVE;
        stream.put(lane, Parcels.open(1 + (long) i * IN_PARCEL, IN_PARCEL));
      }
      for (int loss = 0; loss < LOSSES; loss++) {
        int before = publisher.count();
        await().until(() -> publisher.count() > before || confirmSome());
        publisher.confirmDuringPublish(random.nextBoolean());
        confirmSome();
        int rewinds = stream.rewinds();
        publisher.linkLost();
        await().until(() -> stream.rewinds() > rewinds);
        confirmed = publisher.count();
        publisher.linkBack();
      }
      publisher.confirmDuringPublish(true);
      await()
          .until(
              () -> {
                confirmSome();
                return stream.acknowledgedCount() == PARCELS;
              });
    } finally {
      uplink.close();
    }
    assertThat(new HashSet<>(publisher.seqs())).hasSize(PARCELS * IN_PARCEL);
    assertThat(publisher.count() - PARCELS * IN_PARCEL).isLessThanOrEqualTo(LOSSES * WINDOW);
    assertOrder(message -> message.getPayload().getMetric("kete.replay") == null);
    assertOrder(message -> message.getPayload().getMetric("kete.replay") != null);
  }

  /** Confirms some of what was published on this connection, in any order. */
  private boolean confirmSome() {
    List<Integer> open = new ArrayList<>();
    for (int i = confirmed; i < publisher.count(); i++) {
      open.add(i + 1);
    }
    java.util.Collections.shuffle(open, random);
    open.stream().limit(1 + random.nextInt(WINDOW)).forEach(id -> publisher.confirm("m" + id));
    return open.isEmpty();
  }

  private void assertOrder(Predicate<KuraMessage> lane) {
    Set<Object> seen = new HashSet<>();
    List<Long> first = new ArrayList<>();
    for (int i = 0; i < publisher.count(); i++) {
      KuraMessage message = publisher.message(i);
      Object seq = message.getPayload().getMetric("kete.seq");
      if (seq instanceof Long number && seen.add(number) && lane.test(message)) {
        first.add(number);
      }
    }
    assertThat(first).isSorted();
  }
}
