// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class AckWindowTest {

  private static final Duration ALLOWED = Duration.ofSeconds(1);
  private static final int MESSAGE = 250;

  private final AckWindow window = new AckWindow();

  private record Flying(long ahead, long sent, long arrives) {}

  /** A link of its own time and speed, with always something to send; returns bytes carried. */
  private long drive(double bytesPerSecond, Duration latency, Duration time, long begin) {
    Deque<Flying> flying = new ArrayDeque<>();
    long now = begin;
    long free = begin;
    long inFlight = 0;
    long carried = 0;
    while (now < begin + time.toNanos()) {
      while (inFlight == 0 || inFlight + MESSAGE <= window.limit()) {
        inFlight += MESSAGE;
        free = Math.max(free, now) + (long) (MESSAGE / bytesPerSecond * 1e9);
        flying.add(new Flying(inFlight, now, free + latency.toNanos()));
      }
      Flying first = flying.removeFirst();
      now = first.arrives();
      inFlight -= MESSAGE;
      carried += MESSAGE;
      window.confirmed(MESSAGE, first.ahead(), now - first.sent(), ALLOWED);
    }
    return carried;
  }

  @Test
  void keepsASecondsWorthInFlightOnASlowLink() {
    long carried = drive(8_000, Duration.ofMillis(20), Duration.ofMinutes(5), 0);
    assertThat(window.limit()).isBetween(7_000L, 10_000L);
    assertThat(window.lastDelay()).isLessThan(Duration.ofMillis(1_300));
    assertThat(carried).as("the link is never idle").isGreaterThan(300 * 7_800L);
  }

  @Test
  void usesALongAndFastLinkFully() {
    long carried = drive(1_000_000, Duration.ofMillis(600), Duration.ofMinutes(2), 0);
    assertThat(carried).isGreaterThan(110 * 1_000_000L);
  }

  @Test
  void isNoLimitOnAFastLink() {
    drive(100_000_000, Duration.ofMillis(1), Duration.ofSeconds(1), 0);
    assertThat(window.limit()).isGreaterThan(1_000_000L);
  }

  @Test
  void shrinksWhenTheLinkBecomesSlow() {
    drive(1_000_000, Duration.ofMillis(20), Duration.ofSeconds(30), 0);
    drive(8_000, Duration.ofMillis(20), Duration.ofMinutes(10), 60_000_000_000L);
    assertThat(window.limit()).isLessThan(10_000L);
  }

  @Test
  void growsAgainWhenTheRouteBecomesLonger() {
    drive(8_000, Duration.ofMillis(20), Duration.ofMinutes(1), 0);
    long carried = drive(8_000, Duration.ofSeconds(3), Duration.ofMinutes(10), 120_000_000_000L);
    assertThat(carried).isGreaterThan(600 * 4_000L);
  }

  @Test
  void startsSmallOnEachConnection() {
    drive(1_000_000, Duration.ofMillis(1), Duration.ofSeconds(10), 0);
    window.reset();
    assertThat(window.limit()).isEqualTo(AckWindow.FIRST);
  }

  @Test
  void anIdleStreamDoesNotShrinkTheLimit() {
    drive(100_000, Duration.ofMillis(20), Duration.ofSeconds(30), 0);
    long before = window.limit();
    for (int i = 0; i < 1_000; i++) {
      window.confirmed(MESSAGE, MESSAGE, Duration.ofMillis(22).toNanos(), ALLOWED);
    }
    assertThat(window.limit()).isEqualTo(before);
  }
}
