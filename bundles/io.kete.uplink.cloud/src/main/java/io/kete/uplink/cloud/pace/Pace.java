// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud.pace;

import io.kete.buffer.api.Lane;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.Optional;

/** Says whether a message may go now by the limits an operator set. Used by one thread. */
public final class Pace {

  private final Bucket bytes;
  private final Bucket messages;
  private final DayCount today;
  private PaceSettings settings = PaceSettings.FREE;

  /** Without limits until {@link #set} is called. */
  public Pace(DayCount today, long nowNanos) {
    this.today = today;
    this.bytes = new Bucket(nowNanos);
    this.messages = new Bucket(nowNanos);
  }

  /** Other limits from now on. */
  public void set(PaceSettings changed, long nowNanos) {
    settings = changed;
    bytes.rate(changed.bytesPerSecond(), nowNanos);
    messages.rate(changed.messagesPerSecond(), nowNanos);
  }

  /** Why a message of the lane has to wait; empty when it may go. */
  public Optional<Hold> hold(Lane lane, ZonedDateTime now, long nowNanos) {
    if (!settings.schedule().isOpen(now)) {
      return hold(Hold.Reason.SCHEDULE, settings.schedule().untilOpen(now));
    }
    if (lane == Lane.BACKLOG && !settings.backlogSchedule().isOpen(now)) {
      return hold(Hold.Reason.BACKLOG_SCHEDULE, settings.backlogSchedule().untilOpen(now));
    }
    if (settings.bytesPerDay() > 0 && today.on(now.toLocalDate()) >= budget(lane)) {
      return hold(Hold.Reason.BUDGET, Duration.between(now, midnight(now)));
    }
    long forBytes = bytes.waitNanos(nowNanos);
    if (forBytes > 0) {
      return hold(Hold.Reason.BYTES_PER_SECOND, Duration.ofNanos(forBytes));
    }
    long forMessages = messages.waitNanos(nowNanos);
    return forMessages > 0
        ? hold(Hold.Reason.MESSAGES_PER_SECOND, Duration.ofNanos(forMessages))
        : Optional.empty();
  }

  private long budget(Lane lane) {
    long all = settings.bytesPerDay();
    return lane == Lane.LIVE ? all : all / 100 * (100 - settings.livePercent());
  }

  private static ZonedDateTime midnight(ZonedDateTime now) {
    LocalDate tomorrow = now.toLocalDate().plusDays(1);
    return tomorrow.atStartOfDay(now.getZone());
  }

  private static Optional<Hold> hold(Hold.Reason reason, Duration pause) {
    return Optional.of(new Hold(reason, pause));
  }

  /** A message of that size has gone. */
  public void sent(int size, ZonedDateTime now, long nowNanos) {
    bytes.take(size);
    messages.take(1);
    today.add(now.toLocalDate(), size, nowNanos);
  }

  /** Bytes counted today; from any thread. */
  public long bytesToday() {
    return today.bytes();
  }

  /** Keeps the count of the day. */
  public void close() {
    today.write();
  }
}
