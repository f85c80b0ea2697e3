// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import io.kete.buffer.api.Lane;
import io.kete.uplink.cloud.pace.Hold;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How an uplink is doing, for the status and, once for each change, for the log. */
final class Standing {

  private static final Logger logger = LoggerFactory.getLogger(Standing.class);

  private final String stream;
  private final LongAdder published = new LongAdder();
  private final LongAdder confirmed = new LongAdder();
  private final LongAdder rewinds = new LongAdder();
  private final Map<String, LongAdder> givenUp = new ConcurrentHashMap<>();
  private final Map<Lane, Hold.Reason> holds = new ConcurrentHashMap<>();
  private volatile String refusal = "";
  private volatile int aside;

  Standing(String stream) {
    this.stream = stream;
  }

  void published() {
    published.increment();
  }

  void confirmed() {
    confirmed.increment();
  }

  void rewound() {
    rewinds.increment();
  }

  /** Nothing leaves. */
  void paused(String why) {
    if (!why.equals(refusal)) {
      refusal = why;
      logger.warn("uplink_paused stream={} reason={}", stream, why);
    }
  }

  /** The drain broke and begins anew. */
  void failed(RuntimeException e) {
    String why = e.getClass().getSimpleName() + ": " + e.getMessage();
    if (!why.equals(refusal)) {
      refusal = why;
      logger.error("uplink_failed stream={}", stream, e);
    }
  }

  /** Messages leave. */
  void resumed() {
    if (!refusal.isEmpty()) {
      refusal = "";
      logger.info("uplink_resumed stream={}", stream);
    }
  }

  void overdue(long seconds) {
    logger.warn("confirmation_overdue stream={} seconds={}", stream, seconds);
  }

  /** A message is set aside, since the exit refuses it. */
  void setAside(long seq, String why, int waiting) {
    aside = waiting;
    logger.warn("message_set_aside stream={} seq={} reason={}", stream, seq, why);
  }

  /** How many messages are set aside now. */
  void aside(int waiting) {
    aside = waiting;
  }

  /** A message can never be delivered. */
  void givenUp(long seq, String reason) {
    givenUp.computeIfAbsent(reason, r -> new LongAdder()).increment();
    logger.warn("message_given_up stream={} seq={} reason={}", stream, seq, reason);
  }

  /** Which limit holds a lane back, if any. */
  void held(Lane lane, Optional<Hold> hold) {
    Hold.Reason now = hold.map(Hold::reason).orElse(null);
    Hold.Reason before = now == null ? holds.remove(lane) : holds.put(lane, now);
    if (now != before && (isLong(now) || isLong(before))) {
      logger.info(
          "uplink_held stream={} lane={} by={}", stream, name(lane), now == null ? "-" : now.key());
    }
  }

  private static boolean isLong(Hold.@Nullable Reason reason) {
    return reason != null && reason.isLong();
  }

  private static String name(Lane lane) {
    return lane.name().toLowerCase(Locale.ROOT);
  }

  List<String> problems() {
    List<String> problems = new ArrayList<>();
    String why = refusal;
    if (!why.isEmpty()) {
      problems.add(
          "Stream " + stream + " is not relayed (" + why + "); data is kept in the buffer.");
    }
    int waiting = aside;
    if (waiting > 0) {
      problems.add(
          "Stream "
              + stream
              + ": "
              + waiting
              + " messages are refused by the publisher; the log says why at message_set_aside.");
    }
    return problems;
  }

  /** Counters, and what holds the lanes back by the key of its configuration. */
  Map<String, Object> facts() {
    Map<String, Object> facts = new TreeMap<>();
    facts.put("stream", stream);
    facts.put("published", published.sum());
    facts.put("confirmed", confirmed.sum());
    facts.put("rewinds", rewinds.sum());
    facts.put("setAside", aside);
    Map<Lane, Hold.Reason> held = new EnumMap<>(Lane.class);
    held.putAll(holds);
    held.forEach((lane, reason) -> facts.put("held." + name(lane), reason.key()));
    givenUp.forEach((reason, count) -> facts.put("givenUp." + reason, count.sum()));
    return facts;
  }
}
