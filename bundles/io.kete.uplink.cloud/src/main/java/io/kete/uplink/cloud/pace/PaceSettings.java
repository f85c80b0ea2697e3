// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud.pace;

/**
 * The limits an operator sets.
 *
 * @param bytesPerSecond 0 for no limit
 * @param messagesPerSecond 0 for no limit
 * @param schedule when anything may be sent
 * @param backlogSchedule when backlog may be sent; {@code schedule} holds as well
 * @param bytesPerDay 0 for no limit
 * @param livePercent part of {@code bytesPerDay} that is kept for live messages
 */
public record PaceSettings(
    long bytesPerSecond,
    long messagesPerSecond,
    Schedule schedule,
    Schedule backlogSchedule,
    long bytesPerDay,
    int livePercent) {

  /** No limit at all. */
  public static final PaceSettings FREE =
      new PaceSettings(0, 0, Schedule.ALWAYS, Schedule.ALWAYS, 0, 0);
}
