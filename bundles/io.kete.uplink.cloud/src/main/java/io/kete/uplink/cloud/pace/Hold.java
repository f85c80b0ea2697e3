// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud.pace;

import java.time.Duration;

/**
 * A limit holds a lane back.
 *
 * @param reason what an operator sees
 * @param pause how long it will last at least
 */
public record Hold(Reason reason, Duration pause) {

  /** Which limit. */
  public enum Reason {
    /** Bytes per second. */
    BYTES_PER_SECOND("max.bytes.per.second"),
    /** Messages per second. */
    MESSAGES_PER_SECOND("max.messages.per.second"),
    /** The time window of all messages. */
    SCHEDULE("schedule"),
    /** The time window of the backlog. */
    BACKLOG_SCHEDULE("schedule.backlog"),
    /** Bytes of today. */
    BUDGET("budget.bytes.per.day");

    private final String key;

    Reason(String key) {
      this.key = key;
    }

    /** The key of the configuration that sets the limit. */
    public String key() {
      return key;
    }

    /** Whether the limit holds back for long; the rates do so for moments. */
    public boolean isLong() {
      return this != BYTES_PER_SECOND && this != MESSAGES_PER_SECOND;
    }
  }
}
