// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import io.kete.buffer.h2.SeqRanges.Range;

/**
 * Which sample goes out on which lane. The stream is cut in three: what the live lane has given,
 * what it will give (from {@code liveNext} on), and all the rest, which is backlog. Not safe for
 * several threads.
 *
 * <pre>
 *   1 ....... | backlog | live, given | backlog: live fell behind here | live, given | liveNext ....... last
 * </pre>
 */
final class Lanes {

  /** Each time live falls behind leaves a range in the head; so often it may, not more. */
  static final int MAX_RANGES = 512;

  private final Account account;
  private final SeqRanges live = new SeqRanges();
  private long backlogNext = 1;
  private long liveNext = 1;
  private long backlogThrough;

  Lanes(Account account) {
    this.account = account;
  }

  /** All that was not delivered is backlog, live begins behind {@code lastSeq}. */
  void begin(long lastSeq) {
    live.clear();
    backlogNext = 1;
    liveNext = lastSeq + 1;
    backlogThrough = lastSeq;
  }

  /** The next sample of the backlog, beyond {@link #liveNext()} when there is none. */
  long backlogNext() {
    long seq = account.nextBuffered(backlogNext);
    long free = live.nextMissing(seq);
    while (free != seq) {
      seq = account.nextBuffered(free);
      free = live.nextMissing(seq);
    }
    backlogNext = seq;
    return seq;
  }

  boolean hasBacklog() {
    return backlogNext() < liveNext;
  }

  /** The next sample of the live lane, beyond the last one when there is none. */
  long liveNext() {
    liveNext = account.nextBuffered(liveNext);
    return liveNext;
  }

  /** Whether the sample was there when the outlet was opened or rewound. */
  boolean isReplay(long seq) {
    return seq <= backlogThrough;
  }

  void gaveBacklog(Range block) {
    backlogNext = block.last() + 1;
  }

  void gaveLive(Range block) {
    live.add(block.first(), block.last());
    liveNext = block.last() + 1;
  }

  /** What the live lane has not given yet before {@code newest} becomes backlog. */
  void fallBehind(long newest) {
    if (newest > liveNext && account.ranges() < MAX_RANGES) {
      liveNext = newest;
    }
  }
}
