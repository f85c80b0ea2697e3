// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud.pace;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * The minutes in which sending is allowed, as lines of cron separated by {@code ;}. A line has the
 * five fields minute, hour, day of month, month and day of week (0 to 7, 0 and 7 are Sunday); a
 * field is {@code *}, a number, a range {@code a-b}, a list of those with {@code ,}, each with a
 * step {@code /n} if wanted; months and days also by their first three letters. When day of month
 * and day of week are both given, either one suffices, as cron has it. A minute that any line names
 * is open.
 */
public final class Schedule {

  /** Always open. */
  public static final Schedule ALWAYS = new Schedule("", List.of());

  private static final int MAX_TEXT = 1_000;
  private static final int HORIZON_MINUTES = 366 * 24 * 60;
  private static final List<String> MONTHS =
      List.of(
          "", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

  private record Line(
      BitSet minutes, BitSet hours, BitSet days, BitSet months, BitSet weekdays, boolean isEither) {

    boolean hasDay(ZonedDateTime time) {
      if (!months.get(time.getMonthValue())) {
        return false;
      }
      boolean day = days.get(time.getDayOfMonth());
      boolean weekday = weekdays.get(time.getDayOfWeek().getValue() % DayOfWeek.values().length);
      return isEither ? day || weekday : day && weekday;
    }

    boolean hasHour(ZonedDateTime time) {
      return hours.get(time.getHour()) && hasDay(time);
    }

    boolean has(ZonedDateTime time) {
      return minutes.get(time.getMinute()) && hasHour(time);
    }
  }

  private final String text;
  private final List<Line> lines;

  private Schedule(String text, List<Line> lines) {
    this.text = text;
    this.lines = lines;
  }

  /**
   * Reads a schedule; an empty text is always open.
   *
   * @throws IllegalArgumentException that says which field is wrong and what is allowed
   */
  public static Schedule parse(String text) {
    if (text.length() > MAX_TEXT) {
      throw new IllegalArgumentException("is longer than " + MAX_TEXT + " characters");
    }
    if (text.isBlank()) {
      return ALWAYS;
    }
    List<Line> lines = new ArrayList<>();
    for (String line : text.split(";", -1)) {
      lines.add(line(line.strip().toLowerCase(Locale.ROOT)));
    }
    return new Schedule(text.strip(), lines);
  }

  private static Line line(String line) {
    String[] fields = line.split("\\s+", -1);
    if (fields.length != 5) {
      throw new IllegalArgumentException(
          "'" + line + "' has not five fields: minute hour day-of-month month day-of-week");
    }
    BitSet weekdays = field("day of week", fields[4], 0, 7, DAYS);
    if (weekdays.get(7)) {
      weekdays.set(0);
    }
    return new Line(
        field("minute", fields[0], 0, 59, List.of()),
        field("hour", fields[1], 0, 23, List.of()),
        field("day of month", fields[2], 1, 31, List.of()),
        field("month", fields[3], 1, 12, MONTHS),
        weekdays,
        !fields[2].startsWith("*") && !fields[4].startsWith("*"));
  }

  private static BitSet field(String name, String text, int min, int max, List<String> names) {
    BitSet values = new BitSet(max + 1);
    for (String part : text.split(",", -1)) {
      String[] stepped = part.split("/", -1);
      int step = stepped.length == 2 ? number(name, stepped[1], 1, max, List.of()) : 1;
      String[] range = stepped[0].split("-", -1);
      boolean isAll = stepped[0].equals("*");
      int first = isAll ? min : number(name, range[0], min, max, names);
      int last = isAll ? max : first;
      if (range.length == 2) {
        last = number(name, range[1], min, max, names);
      } else if (stepped.length == 2) {
        last = max;
      }
      if (stepped.length > 2 || range.length > 2 || last < first) {
        throw new IllegalArgumentException("'" + part + "' is no " + name);
      }
      for (int value = first; value <= last; value += step) {
        values.set(value);
      }
    }
    return values;
  }

  private static int number(String name, String text, int min, int max, List<String> names) {
    int named = names.indexOf(text);
    if (named >= 0 && !text.isEmpty()) {
      return named;
    }
    boolean isNumber =
        !text.isEmpty() && text.length() <= 2 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    int value = isNumber ? Integer.parseInt(text) : -1;
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "'" + text + "' is no " + name + ", which is " + min + " to " + max);
    }
    return value;
  }

  /** Whether sending is allowed in that minute. */
  public boolean isOpen(ZonedDateTime time) {
    return lines.isEmpty() || lines.stream().anyMatch(line -> line.has(time));
  }

  /** How long until the next open minute begins; a year when there is none in it. */
  public Duration untilOpen(ZonedDateTime time) {
    ZonedDateTime at = time.withSecond(0).withNano(0);
    ZonedDateTime end = at.plusMinutes(HORIZON_MINUTES);
    while (at.isBefore(end) && !isOpen(at)) {
      at = later(at);
    }
    Duration until = Duration.between(time, at);
    return until.isNegative() ? Duration.ZERO : until;
  }

  private ZonedDateTime later(ZonedDateTime time) {
    if (lines.stream().anyMatch(line -> line.hasHour(time))) {
      return time.plusMinutes(1);
    }
    return lines.stream().anyMatch(line -> line.hasDay(time))
        ? time.withMinute(0).plusHours(1)
        : time.toLocalDate().plusDays(1).atStartOfDay(time.getZone());
  }

  @Override
  public String toString() {
    return text;
  }
}
