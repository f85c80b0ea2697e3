// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import io.kete.buffer.api.Lane;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;

/**
 * Messages that the exit refuses for what they are. One of them must not stop the stream, but a
 * publisher that is configured wrongly refuses all of them, and then nothing may be lost.
 *
 * <p>So a message that was refused often enough is set aside, and what comes after it is tried. As
 * soon as another one is taken, those set aside are tried once more, and given up if they are
 * refused again. When too many are refused one after the other, the fault is elsewhere: all go
 * back, to be tried later. Used by one thread.
 */
final class Refusals {

  static final int FIRST_LIMIT = 16;
  static final int MOST = 4_096;

  private final List<Aside> aside = new ArrayList<>();
  private int limit = FIRST_LIMIT;

  /** A message that was set aside, and its lane. */
  record Aside(Lane lane, Outgoing outgoing) {}

  /** What a refusal means. */
  enum Meaning {
    /** There is no link. */
    NO_LINK,
    /** Too much is in flight; a confirmation makes room. */
    BUSY,
    /** Nothing can be sent at present. */
    LATER,
    /** This message is wrong, and will be the next time. */
    MESSAGE
  }

  static Meaning meaning(KuraException e) {
    KuraErrorCode code = e.getCode();
    return switch (code) {
      case NOT_CONNECTED, CONNECTION_FAILED -> Meaning.NO_LINK;
      case TOO_MANY_INFLIGHT_MESSAGES -> Meaning.BUSY;
      case ENCODE_ERROR,
          INVALID_METRIC_EXCEPTION,
          INVALID_MESSAGE_EXCEPTION,
          INVALID_PARAMETER,
          BAD_REQUEST ->
          Meaning.MESSAGE;
      default -> Meaning.LATER;
    };
  }

  /**
   * Sets a message aside.
   *
   * @return false when so many were refused one after the other that it cannot be their fault
   */
  boolean setAside(Lane lane, Outgoing outgoing) {
    aside.add(new Aside(lane, outgoing));
    return aside.size() < limit;
  }

  /** Takes those that were set aside, since another message was taken; the last one first. */
  List<Aside> suspects() {
    if (aside.isEmpty()) {
      return List.of();
    }
    List<Aside> suspects = new ArrayList<>(aside);
    Collections.reverse(suspects);
    aside.clear();
    limit = FIRST_LIMIT;
    return suspects;
  }

  /** All of them will be offered again; the next time more of them are tried. */
  void goneBack() {
    if (aside.size() >= limit) {
      limit = Math.min(MOST, 2 * limit);
    }
    aside.clear();
  }

  int size() {
    return aside.size();
  }
}
