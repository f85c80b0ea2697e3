// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import java.time.Duration;

/**
 * How a stream wants to be drained.
 *
 * @param priority 0, the most urgent, to 9
 * @param transport the kind of uplink it is meant for
 * @param laning one or two
 * @param liveLag age from which a sample that was not taken is not live any more
 * @param replayLimit so many samples may be out without a head on the medium that says they were
 *     delivered; more are never sent twice after a crash
 */
record Sending(int priority, String transport, Laning laning, Duration liveLag, int replayLimit) {

  /** As a stream is sent that is not told anything else. */
  static final Sending DEFAULT = new Sending(5, "cloud", Laning.TWO, Duration.ofSeconds(2), 16_384);

  /** Whether live samples go beside the backlog. */
  enum Laning {
    /** Live samples beside the backlog. */
    TWO("live-and-backlog"),
    /** All in one order. */
    ONE("in-order");

    private final String text;

    Laning(String text) {
      this.text = text;
    }

    static Laning of(String text) {
      for (Laning value : values()) {
        if (value.text.equals(text)) {
          return value;
        }
      }
      throw StreamSettings.wrong("lanes", text, "live-and-backlog or in-order");
    }
  }

  Sending {
    StreamSettings.check(priority >= 0 && priority <= 9, "priority", priority, "0 to 9");
    StreamSettings.check(
        transport.matches("[a-z][a-z0-9-]{0,31}"),
        "transport",
        transport,
        "1 to 32 small letters, digits, '-'");
    StreamSettings.check(
        liveLag.toMillis() >= 100 && liveLag.toMillis() <= 3_600_000,
        "live.lag.ms",
        liveLag.toMillis(),
        "100 to 3600000");
    StreamSettings.check(
        replayLimit >= 64 && replayLimit <= 1_000_000,
        "replay.limit",
        replayLimit,
        "64 to 1000000");
  }
}
