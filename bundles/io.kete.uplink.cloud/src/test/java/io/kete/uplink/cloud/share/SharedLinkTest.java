// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.buffer.api.Lane;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedLinkTest {

  private static final int MESSAGE = 512;

  private final Links links = new Links();
  private final AtomicInteger wakes = new AtomicInteger();
  private final SharedLink.Share one = join(5);
  private final SharedLink.Share two = join(5);

  private SharedLink.Share join(int priority) {
    SharedLink.Share share = links.join("cloud", wakes::incrementAndGet);
    share.ask(priority, Duration.ofSeconds(1));
    return share;
  }

  private List<Ticket> fill(SharedLink.Share share, Lane lane) {
    List<Ticket> tickets = new ArrayList<>();
    Optional<Ticket> ticket = share.take(lane, MESSAGE, 0);
    while (ticket.isPresent()) {
      tickets.add(ticket.get());
      ticket = share.take(lane, MESSAGE, 0);
    }
    return tickets;
  }

  @Test
  void liveMessagesFindRoomWhereTheBacklogFindsNone() {
    assertThat(fill(one, Lane.BACKLOG)).hasSize((int) AckWindow.FIRST / MESSAGE);
    assertThat(fill(two, Lane.LIVE)).hasSize((int) AckWindow.FIRST / MESSAGE);
    assertThat(one.gauge().inFlightBytes()).isEqualTo(2 * AckWindow.FIRST);
  }

  @Test
  void aLiveMessageThatWaitsGoesBeforeAnybodysBacklog() {
    List<Ticket> all = fill(one, Lane.LIVE);
    assertThat(two.take(Lane.LIVE, MESSAGE, 0)).isEmpty();
    one.rest();
    for (int i = 0; i < all.size(); i++) {
      one.confirmed(all.get(i), Duration.ofMillis(5).toNanos());
    }
    assertThat(wakes).hasPositiveValue();
    assertThat(one.take(Lane.BACKLOG, MESSAGE, 0)).as("the other one's turn").isEmpty();
    assertThat(two.take(Lane.LIVE, MESSAGE, 0)).isPresent();
    assertThat(one.take(Lane.BACKLOG, MESSAGE, 0)).isPresent();
  }

  @Test
  void whoRestsIsNotWaitedFor() {
    fill(one, Lane.LIVE);
    two.take(Lane.LIVE, MESSAGE, 0);
    one.lost();
    assertThat(one.take(Lane.BACKLOG, MESSAGE, 0)).isEmpty();
    int before = wakes.get();
    two.rest();
    assertThat(wakes).hasValueGreaterThan(before);
    assertThat(one.take(Lane.BACKLOG, MESSAGE, 0)).isPresent();
  }

  @Test
  void sharesASlowLinkByPriority() {
    SharedLink.Share urgent = links.join("other", () -> {});
    urgent.ask(0, Duration.ofSeconds(1));
    SharedLink.Share patient = links.join("other", () -> {});
    patient.ask(5, Duration.ofSeconds(1));
    Map<SharedLink.Share, Integer> carried = new HashMap<>();
    Deque<Map.Entry<SharedLink.Share, Ticket>> flying = new ArrayDeque<>();
    long now = 0;
    for (int round = 0; round < 20_000; round++) {
      for (SharedLink.Share share : List.of(urgent, patient, urgent, patient)) {
        share
            .take(Lane.BACKLOG, MESSAGE, now)
            .ifPresent(ticket -> flying.add(Map.entry(share, ticket)));
      }
      now += 64_000_000;
      Map.Entry<SharedLink.Share, Ticket> first = flying.removeFirst();
      first.getKey().confirmed(first.getValue(), now);
      carried.merge(first.getKey(), 1, Integer::sum);
    }
    double ratio = (double) carried.getOrDefault(urgent, 0) / carried.getOrDefault(patient, 0);
    assertThat(ratio).isBetween(1.9, 2.1);
  }

  @Test
  void whoWasAwayHasSavedNothingUp() {
    SharedLink.Share away = join(5);
    for (int i = 0; i < 1_000; i++) {
      one.confirmed(one.take(Lane.BACKLOG, MESSAGE, 0).orElseThrow(), 1_000_000);
    }
    fill(one, Lane.BACKLOG);
    long taken = 0;
    assertThat(away.take(Lane.BACKLOG, MESSAGE, 0)).isEmpty();
    one.lost();
    while (away.take(Lane.BACKLOG, MESSAGE, 0).isPresent()) {
      taken++;
      one.take(Lane.BACKLOG, MESSAGE, 0);
    }
    assertThat(taken).as("it shares").isLessThanOrEqualTo(AckWindow.FIRST / MESSAGE);
  }

  @Test
  void aLostConnectionFreesWhatWasInFlight() {
    fill(one, Lane.LIVE);
    one.lost();
    assertThat(one.gauge().inFlightBytes()).isZero();
    one.close();
    two.close();
    assertThat(links.join("cloud", () -> {}).gauge().limitBytes()).isEqualTo(AckWindow.FIRST);
  }
}
