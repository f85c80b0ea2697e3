// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

  private static ZonedDateTime at(String local) {
    return ZonedDateTime.parse(local + ":00Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "* * * * *              | 2026-03-04T05:06 | true",
        "6 5 * * *              | 2026-03-04T05:06 | true",
        "7 5 * * *              | 2026-03-04T05:06 | false",
        "* 22-23,0-5 * * *      | 2026-03-04T05:59 | true",
        "* 22-23,0-5 * * *      | 2026-03-04T06:00 | false",
        "*/15 * * * *           | 2026-03-04T05:45 | true",
        "*/15 * * * *           | 2026-03-04T05:46 | false",
        "10-20/5 * * * *        | 2026-03-04T05:15 | true",
        "10-20/5 * * * *        | 2026-03-04T05:25 | false",
        "30/10 * * * *          | 2026-03-04T05:50 | true",
        "* * * mar wed          | 2026-03-04T05:06 | true",
        "* * * * sun            | 2026-03-08T05:06 | true",
        "* * * * 0              | 2026-03-08T05:06 | true",
        "* * * * 7              | 2026-03-08T05:06 | true",
        "* * * * fri-7          | 2026-03-08T05:06 | true",
        "* * 1 * mon            | 2026-03-04T05:06 | false",
        "* * 4 * mon            | 2026-03-04T05:06 | true",
        "* * 1 * wed            | 2026-03-04T05:06 | true",
        "0 0 * * * ; 6 5 * * *  | 2026-03-04T05:06 | true",
      })
  void namesMinutes(String text, String time, boolean isOpen) {
    assertThat(Schedule.parse(text).isOpen(at(time))).isEqualTo(isOpen);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "* * * *",
        "* * * * * *",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * * 13 *",
        "* * * * 8",
        "5-3 * * * *",
        "*/0 * * * *",
        "1/2/3 * * * *",
        "1-2-3 * * * *",
        "a * * * *",
        "-1 * * * *",
        "1, * * * *",
        "* * * mon *",
        ";",
        "* * * * *;",
        "999 * * * *"
      })
  void refusesWhatIsNoSchedule(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Schedule.parse(text));
  }

  @Test
  void saysHowLongItStaysShut() {
    Schedule nights = Schedule.parse("* 22-23,0-5 * * *");
    assertThat(nights.untilOpen(at("2026-03-04T06:00"))).isEqualTo(Duration.ofHours(16));
    assertThat(nights.untilOpen(at("2026-03-04T05:59"))).isZero();
    assertThat(Schedule.parse("0 0 29 2 *").untilOpen(at("2028-02-28T00:00")))
        .isEqualTo(Duration.ofDays(1));
    assertThat(Schedule.parse("0 0 30 2 *").untilOpen(at("2026-03-04T05:06")))
        .isGreaterThan(Duration.ofDays(365));
  }

  @Test
  void followsTheClockOfTheZone() {
    ZonedDateTime beforeTheGap =
        ZonedDateTime.of(2026, 3, 29, 1, 30, 0, 0, ZoneId.of("Europe/Berlin"));
    assertThat(Schedule.parse("0 3 * * *").untilOpen(beforeTheGap))
        .isEqualTo(Duration.ofMinutes(30));
  }

  @Test
  void isAlwaysOpenWhenItIsEmpty() {
    assertThat(Schedule.parse("  ")).isSameAs(Schedule.ALWAYS);
    assertThat(Schedule.ALWAYS.untilOpen(at("2026-03-04T05:06"))).isZero();
  }

  @Test
  void readsOrRefusesAnyText() {
    Random random = new Random(20_261_122);
    String alphabet = "0123456789*/,-; monjan#";
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(40);
      for (int i = 0; i < length; i++) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        Schedule.parse(text.toString()).isOpen(at("2026-03-04T05:06"));
      } catch (IllegalArgumentException e) {
        assertThat(e.getClass()).isEqualTo(IllegalArgumentException.class);
      }
    }
    assertThatThrownBy(() -> Schedule.parse("* ".repeat(2_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("longer");
  }
}
