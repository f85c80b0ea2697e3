// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud.pace;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.buffer.api.Lane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaceTest {

  private static final ZonedDateTime NOON = ZonedDateTime.parse("2026-03-04T12:00:00Z");
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @TempDir Path folder;

  private final Pace pace = new Pace(new DayCount(Optional.empty()), 0);

  private static PaceSettings settings(long bytes, long messages, long budget, int live) {
    return new PaceSettings(bytes, messages, Schedule.ALWAYS, Schedule.ALWAYS, budget, live);
  }

  private Optional<Hold.Reason> reason(Lane lane, long nanos) {
    return pace.hold(lane, NOON, nanos).map(Hold::reason);
  }

  @Test
  void keepsBytesPerSecondOverAMinute() {
    pace.set(settings(1_000, 0, 0, 0), 0);
    long sent = 0;
    for (long now = 0; now < 60 * SECOND; now += SECOND / 100) {
      while (reason(Lane.LIVE, now).isEmpty()) {
        pace.sent(300, NOON, now);
        sent += 300;
      }
    }
    assertThat(sent).isBetween(59_000L, 61_500L);
    assertThat(reason(Lane.LIVE, 60 * SECOND - 1)).contains(Hold.Reason.BYTES_PER_SECOND);
  }

  @Test
  void keepsMessagesPerSecondAndSaysHowLongToWait() {
    pace.set(settings(0, 2, 0, 0), 0);
    pace.sent(1, NOON, 0);
    pace.sent(1, NOON, 0);
    Hold hold = pace.hold(Lane.LIVE, NOON, 0).orElseThrow();
    assertThat(hold.reason()).isEqualTo(Hold.Reason.MESSAGES_PER_SECOND);
    assertThat(hold.pause()).isBetween(Duration.ofMillis(400), Duration.ofMillis(500));
    assertThat(reason(Lane.LIVE, hold.pause().toNanos())).isEmpty();
  }

  @Test
  void aMessageLargerThanASecondsWorthStillGoes() {
    pace.set(settings(100, 0, 0, 0), 0);
    assertThat(reason(Lane.LIVE, 0)).isEmpty();
    pace.sent(1_000, NOON, 0);
    assertThat(reason(Lane.LIVE, 8 * SECOND)).contains(Hold.Reason.BYTES_PER_SECOND);
    assertThat(reason(Lane.LIVE, 10 * SECOND)).isEmpty();
  }

  @Test
  void keepsAPartOfTheDayForLiveMessages() {
    pace.set(settings(0, 0, 1_000, 40), 0);
    pace.sent(600, NOON, 0);
    assertThat(reason(Lane.BACKLOG, 0)).contains(Hold.Reason.BUDGET);
    assertThat(reason(Lane.LIVE, 0)).isEmpty();
    pace.sent(400, NOON, 0);
    Hold hold = pace.hold(Lane.LIVE, NOON, 0).orElseThrow();
    assertThat(hold.reason()).isEqualTo(Hold.Reason.BUDGET);
    assertThat(hold.pause()).isEqualTo(Duration.ofHours(12));
    assertThat(pace.hold(Lane.BACKLOG, NOON.plusHours(12), 0)).isEmpty();
  }

  @Test
  void aScheduleOfTheBacklogDoesNotHoldLiveMessages() {
    Schedule midnight = Schedule.parse("0 0 * * *");
    pace.set(new PaceSettings(0, 0, Schedule.ALWAYS, midnight, 0, 0), 0);
    assertThat(reason(Lane.LIVE, 0)).isEmpty();
    assertThat(pace.hold(Lane.BACKLOG, NOON, 0).orElseThrow())
        .isEqualTo(new Hold(Hold.Reason.BACKLOG_SCHEDULE, Duration.ofHours(12)));
    pace.set(new PaceSettings(0, 0, midnight, Schedule.ALWAYS, 0, 0), 0);
    assertThat(reason(Lane.LIVE, 0)).contains(Hold.Reason.SCHEDULE);
  }

  @Test
  void aRestartDoesNotBeginTheDayAnew() {
    Path file = folder.resolve("uplink/telemetry.budget");
    Pace first = new Pace(new DayCount(Optional.of(file)), 0);
    first.sent(700, NOON, 0);
    first.sent(1, NOON, 1);
    first.close();

    Pace second = new Pace(new DayCount(Optional.of(file)), 0);
    second.set(settings(0, 0, 701, 0), 0);
    assertThat(second.hold(Lane.LIVE, NOON, 0).map(Hold::reason)).contains(Hold.Reason.BUDGET);
    assertThat(second.hold(Lane.LIVE, NOON.plusDays(1), 0)).isEmpty();
  }

  @Test
  void aClockSetBackByADayGivesNothingTwice() {
    DayCount count = new DayCount(Optional.empty());
    count.add(NOON.toLocalDate(), 5, 0);
    assertThat(count.on(NOON.toLocalDate().minusDays(1))).isEqualTo(5);
    assertThat(count.on(NOON.toLocalDate().minusDays(9))).as("the clock was wrong before").isZero();
  }

  @Test
  void aDamagedFileCountsFromZero() throws IOException {
    Path file = folder.resolve("a.budget");
    for (String text : new String[] {"", "2026-99-99 5", "x".repeat(500), "2026-03-04 -1"}) {
      Files.writeString(file, text);
      assertThat(new DayCount(Optional.of(file)).on(NOON.toLocalDate())).isZero();
    }
  }
}
