// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import io.kete.uplink.cloud.pace.PaceSettings;
import io.kete.uplink.cloud.pace.Schedule;
import java.time.Duration;

/**
 * The validated configuration of an uplink.
 *
 * @param window most messages in flight
 * @param backlogDelay how long what is in flight may delay a confirmation
 * @param maxMessageBytes larger messages are given up
 * @param tries how often a refused message is tried before it is set aside
 * @param ledgerInterval time between ledger records; zero for none
 * @param routeLedgers whether the accounts of the routes are sent as well
 */
record UplinkSettings(
    int window,
    Duration confirmTimeout,
    Duration retryInterval,
    Duration backlogDelay,
    int maxMessageBytes,
    int tries,
    Duration ledgerInterval,
    boolean routeLedgers,
    PaceSettings pace) {

  private static final long MOST = 1L << 50;

  /** Checks the plain values of the configuration. */
  static UplinkSettings of(CloudUplinkConfig config) {
    return new UplinkSettings(
        (int) within("window", config.window(), 1, 10_000),
        Duration.ofSeconds(within("confirm.timeout", config.confirm_timeout(), 5, 3_600)),
        Duration.ofMillis(within("retry.interval", config.retry_interval(), 10, 60_000)),
        Duration.ofMillis(within("backlog.delay", config.backlog_delay(), 50, 60_000)),
        (int) within("max.message.bytes", config.max_message_bytes(), 1_024, 268_435_455),
        (int) within("refusals.max", config.refusals_max(), 1, 1_000),
        Duration.ofSeconds(within("ledger.interval", config.ledger_interval(), 0, 86_400)),
        config.ledger_routes(),
        pace(config));
  }

  private static PaceSettings pace(CloudUplinkConfig config) {
    return new PaceSettings(
        within("max.bytes.per.second", config.max_bytes_per_second(), 0, MOST),
        within("max.messages.per.second", config.max_messages_per_second(), 0, MOST),
        schedule("schedule", config.schedule()),
        schedule("schedule.backlog", config.schedule_backlog()),
        within("budget.bytes.per.day", config.budget_bytes_per_day(), 0, MOST),
        (int) within("budget.live.percent", config.budget_live_percent(), 0, 100));
  }

  static String name(String key, String value) {
    if (!value.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")) {
      throw wrong(key, value, "a name of letters, digits, '.', '_' and '-'");
    }
    return value;
  }

  static long within(String key, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          CloudUplink.PID + ": " + key + "=" + value + " is not between " + min + " and " + max);
    }
    return value;
  }

  static IllegalArgumentException wrong(String key, String value, String allowed) {
    return new IllegalArgumentException(
        CloudUplink.PID + ": " + key + "=" + value + " is not " + allowed);
  }

  private static Schedule schedule(String key, String text) {
    try {
      return Schedule.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(CloudUplink.PID + ": " + key + " " + e.getMessage(), e);
    }
  }
}
