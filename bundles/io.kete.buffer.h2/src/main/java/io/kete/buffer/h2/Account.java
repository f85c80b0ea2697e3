// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import io.kete.buffer.api.StreamLedger;
import io.kete.buffer.h2.SeqRanges.Range;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What became of each sample of a stream: every sequence number from 1 to the last one is buffered,
 * delivered or dropped, and the three are derived from each other, so the account is even by
 * construction. Safe for several threads.
 */
final class Account {

  /** Epochs remembered as delivered; of a forgotten one the key is sent once more. */
  private static final int MAX_EPOCHS = 64;

  private final SeqRanges done = new SeqRanges();
  private final Map<String, Long> dropped = new TreeMap<>();
  private final List<Drop> drops = new ArrayList<>();
  private final Set<Drop> given = new HashSet<>();
  private final LinkedHashSet<String> epochs = new LinkedHashSet<>();
  private final TreeMap<Long, Long> incarnations = new TreeMap<>();
  private long version;
  private long lastSeq;
  private long saved;
  private boolean changed;

  /** Forgets everything. */
  synchronized void clear() {
    done.clear();
    dropped.clear();
    drops.clear();
    given.clear();
    epochs.clear();
    incarnations.clear();
    version = 0;
    lastSeq = 0;
    saved = 0;
  }

  synchronized void restore(Head head) {
    incarnations.putAll(head.incarnations());
    version = head.version();
    lastSeq = head.lastSeq();
    head.done().forEach(range -> done.add(range.first(), range.last()));
    dropped.putAll(head.dropped());
    drops.addAll(head.drops());
    epochs.addAll(head.epochs());
    saved = done.size();
  }

  /** What comes after the last sample gets another incarnation. */
  synchronized void begin(long incarnation) {
    incarnations.put(lastSeq + 1, incarnation);
    changed = true;
  }

  synchronized boolean hasBegun() {
    return !incarnations.isEmpty();
  }

  /** The account as it will be when everything up to {@code last} is on the medium. */
  synchronized Head head(long last, long runMillis, long cleanSegment) {
    version++;
    changed = false;
    return new Head(
        version,
        incarnations,
        last,
        runMillis,
        cleanSegment,
        done.ranges(),
        dropped,
        drops,
        List.copyOf(epochs));
  }

  /** Says that a head is on the medium. */
  synchronized void headStored(Head head) {
    saved = Math.max(saved, head.done().stream().mapToLong(Range::count).sum());
  }

  /** Samples that are done without any head on the medium that knows it. */
  synchronized long unsaved() {
    return done.size() - saved;
  }

  /** Says that the last head was not stored. */
  synchronized void headFailed() {
    changed = true;
  }

  /** Whether something changed that no head knows of. */
  synchronized boolean isChanged() {
    return changed;
  }

  /** Incarnation of the next sample. */
  synchronized long incarnation() {
    return incarnations.lastEntry().getValue();
  }

  /** Incarnation a sample was numbered in, 0 when that is not known any more. */
  synchronized long incarnationOf(long seq) {
    Map.Entry<Long, Long> incarnation = incarnations.floorEntry(seq);
    return incarnation == null ? 0 : incarnation.getValue();
  }

  synchronized long lastSeq() {
    return lastSeq;
  }

  synchronized void stored(long last) {
    lastSeq = Math.max(lastSeq, last);
  }

  /** The receiver has the samples. Tells whether this is the first change since the last head. */
  synchronized boolean delivered(long first, long last) {
    return last <= lastSeq && !done.add(first, last).isEmpty() && change();
  }

  private boolean change() {
    boolean isFirst = !changed;
    changed = true;
    return isFirst;
  }

  /** The receiver has the key. Tells whether this is the first change since the last head. */
  synchronized boolean keyDelivered(String epoch) {
    boolean isNew = epochs.add(epoch);
    while (epochs.size() > MAX_EPOCHS) {
      epochs.remove(epochs.iterator().next());
    }
    return isNew && change();
  }

  synchronized boolean hasKey(String epoch) {
    return epochs.contains(epoch);
  }

  /** Gives up what is not done yet of a range; returns how many samples that were. */
  synchronized long drop(long first, long last, String reason) {
    long count = 0;
    for (Range range : done.add(first, last)) {
      count += range.count();
      noteParts(range, reason);
    }
    if (count > 0) {
      dropped.merge(reason, count, Long::sum);
      changed = true;
    }
    return count;
  }

  private void noteParts(Range range, String reason) {
    long first = range.first();
    while (first <= range.last()) {
      Long next = incarnations.higherKey(first);
      long last = next == null ? range.last() : Math.min(range.last(), next - 1);
      note(new Drop(incarnationOf(first), first, last - first + 1, reason));
      first = last + 1;
    }
  }

  private void note(Drop drop) {
    Drop previous = drops.isEmpty() ? drop : drops.get(drops.size() - 1);
    boolean continues =
        previous.lastSeq() + 1 == drop.firstSeq()
            && previous.incarnation() == drop.incarnation()
            && previous.reason().equals(drop.reason());
    if (continues && !given.contains(previous)) {
      long count = previous.count() + drop.count();
      drops.set(
          drops.size() - 1,
          new Drop(drop.incarnation(), previous.firstSeq(), count, drop.reason()));
    } else {
      drops.add(drop);
    }
  }

  /** The first dropped range below {@code limit} that was not given out yet. */
  synchronized Optional<Drop> nextDrop(long limit) {
    Optional<Drop> next =
        drops.stream().filter(d -> d.firstSeq() < limit && !given.contains(d)).findFirst();
    next.ifPresent(given::add);
    return next;
  }

  /**
   * The receiver knows of a dropped range. Tells whether this is the first change since the last
   * head.
   */
  synchronized boolean dropDelivered(Drop drop) {
    given.remove(drop);
    return drops.remove(drop) && change();
  }

  /** Forgets what was given out. */
  synchronized void rewind() {
    given.clear();
  }

  /**
   * The first sample from {@code from} on that still has to be delivered, beyond the last one when
   * there is none.
   */
  synchronized long nextBuffered(long from) {
    return done.nextMissing(Math.max(1, from));
  }

  /** Of how many separate ranges it is known that they are done. */
  synchronized int ranges() {
    return done.count();
  }

  synchronized boolean isDone(long first, long last) {
    return done.covers(first, last);
  }

  /** The parts of a range that still have to be delivered. */
  synchronized List<Range> missing(long first, long last) {
    return done.missing(first, last);
  }

  /** Dropped ranges the receiver does not know of. */
  synchronized List<Drop> drops() {
    return List.copyOf(drops);
  }

  /** Whether nothing of the range is done. */
  synchronized boolean isUntouched(long first, long last) {
    return done.missing(first, last).equals(List.of(new Range(first, last)));
  }

  synchronized StreamLedger ledger(long storedBytes) {
    long givenUp = dropped.values().stream().mapToLong(Long::longValue).sum();
    return new StreamLedger(
        lastSeq, done.size() - givenUp, lastSeq - done.size(), dropped, storedBytes);
  }
}
