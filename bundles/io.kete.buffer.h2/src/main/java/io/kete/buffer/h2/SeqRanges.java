// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A set of sequence numbers as disjoint ranges that do not touch. Not safe for several threads. */
final class SeqRanges {

  /** Both ends included. */
  record Range(long first, long last) {

    long count() {
      return last - first + 1;
    }
  }

  private final TreeMap<Long, Long> lastByFirst = new TreeMap<>();
  private long size;

  /** How many numbers are in the set. */
  long size() {
    return size;
  }

  /** How many separate ranges there are. */
  int count() {
    return lastByFirst.size();
  }

  void clear() {
    lastByFirst.clear();
    size = 0;
  }

  /** Adds a range and tells which parts of it are new. */
  List<Range> add(long first, long last) {
    if (last < first) {
      return List.of();
    }
    List<Range> added = missing(first, last);
    long newFirst = first;
    long newLast = last;
    Map.Entry<Long, Long> before = lastByFirst.floorEntry(first);
    if (before != null && before.getValue() >= first - 1) {
      newFirst = before.getKey();
    }
    Map.Entry<Long, Long> touching = lastByFirst.floorEntry(last + 1);
    while (touching != null && touching.getKey() >= newFirst) {
      newLast = Math.max(newLast, touching.getValue());
      lastByFirst.remove(touching.getKey());
      touching = lastByFirst.floorEntry(last + 1);
    }
    lastByFirst.put(newFirst, newLast);
    added.forEach(range -> size += range.count());
    return added;
  }

  /** The parts of the given range that are not in the set. */
  List<Range> missing(long first, long last) {
    List<Range> missing = new ArrayList<>();
    long next = first;
    while (next <= last) {
      Map.Entry<Long, Long> covering = lastByFirst.floorEntry(next);
      if (covering != null && covering.getValue() >= next) {
        next = covering.getValue() + 1;
        continue;
      }
      Long following = lastByFirst.higherKey(next);
      long end = following == null ? last : Math.min(last, following - 1);
      missing.add(new Range(next, end));
      next = end + 1;
    }
    return missing;
  }

  boolean covers(long first, long last) {
    Map.Entry<Long, Long> covering = lastByFirst.floorEntry(first);
    return last < first || (covering != null && covering.getValue() >= last);
  }

  /** The lowest number from {@code from} on that is not in the set. */
  long nextMissing(long from) {
    Map.Entry<Long, Long> covering = lastByFirst.floorEntry(from);
    return covering != null && covering.getValue() >= from ? covering.getValue() + 1 : from;
  }

  List<Range> ranges() {
    List<Range> all = new ArrayList<>(lastByFirst.size());
    lastByFirst.forEach((first, last) -> all.add(new Range(first, last)));
    return all;
  }
}
