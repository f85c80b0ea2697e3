// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import io.kete.buffer.h2.SegmentFile.Gone;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The segment files of a stream in order. Changed by the thread of the group commit, read by any.
 *
 * <p>A segment holds what lies between its first sequence number and that of the next one. Anything
 * else in its file was never accepted: it is what a failed commit left.
 */
final class Chain {

  private static final String DAMAGED = ".damaged";

  private final Medium medium;
  private final ConcurrentSkipListMap<Long, SegmentFile> byFirstSeq = new ConcurrentSkipListMap<>();
  private final Map<Long, Long> sizes = new ConcurrentHashMap<>();
  private final Map<Long, Set<String>> epochs = new ConcurrentHashMap<>();
  private final List<Gone> gone = new ArrayList<>();
  private final AtomicInteger setAside = new AtomicInteger();

  Chain(Medium medium) {
    this.medium = medium;
  }

  /** Learns what is in the directory and finishes what a crash interrupted. */
  void load() throws StorageException {
    byFirstSeq.clear();
    sizes.clear();
    epochs.clear();
    gone.clear();
    finishRepairs();
    for (String name : medium.names()) {
      Optional<SegmentFile> segment = SegmentFile.of(name);
      if (segment.isPresent()) {
        load(segment.get());
      }
      Gone.of(name).ifPresent(gone::add);
    }
    setAside.set((int) medium.names().stream().filter(name -> name.endsWith(DAMAGED)).count());
  }

  private void load(SegmentFile segment) throws StorageException {
    SegmentFile rival = byFirstSeq.get(segment.firstSeq());
    if (rival != null) {
      medium.delete((rival.number() < segment.number() ? rival : segment).name());
    }
    if (rival == null || rival.number() < segment.number()) {
      sizes.put(segment.number(), medium.size(segment.name()));
      byFirstSeq.put(segment.firstSeq(), segment);
    }
  }

  private void finishRepairs() throws StorageException {
    Set<String> names = new HashSet<>(medium.names());
    for (String name : names) {
      String original = name.replaceFirst("\\.repair$", "");
      if (original.equals(name)) {
        continue;
      }
      if (names.contains(original)) {
        medium.delete(name);
      } else {
        medium.rename(name, original);
      }
    }
  }

  /** Segments that were being deleted when the gateway stopped. */
  List<Gone> interrupted() {
    return List.copyOf(gone);
  }

  Collection<SegmentFile> segments() {
    return byFirstSeq.values();
  }

  Optional<SegmentFile> first() {
    return Optional.ofNullable(byFirstSeq.firstEntry()).map(Map.Entry::getValue);
  }

  Optional<SegmentFile> last() {
    return Optional.ofNullable(byFirstSeq.lastEntry()).map(Map.Entry::getValue);
  }

  /** The segment whose range holds the number. */
  Optional<SegmentFile> with(long seq) {
    return Optional.ofNullable(byFirstSeq.floorEntry(seq)).map(Map.Entry::getValue);
  }

  /** The segment after the given one. */
  Optional<SegmentFile> after(SegmentFile segment) {
    return Optional.ofNullable(byFirstSeq.higherEntry(segment.firstSeq())).map(Map.Entry::getValue);
  }

  boolean holds(SegmentFile segment) {
    return segment.equals(byFirstSeq.get(segment.firstSeq()));
  }

  /** Adds a new last segment. One that begins at the same number holds nothing and is deleted. */
  void append(SegmentFile segment) throws StorageException {
    SegmentFile empty = byFirstSeq.put(segment.firstSeq(), segment);
    if (empty != null) {
      forget(empty);
      medium.delete(empty.name());
    }
  }

  void resized(SegmentFile segment, long bytes) {
    sizes.put(segment.number(), bytes);
  }

  long sizeOf(SegmentFile segment) {
    return sizes.getOrDefault(segment.number(), 0L);
  }

  long bytes() {
    long sum = 0;
    for (long size : sizes.values()) {
      sum += size;
    }
    return sum;
  }

  void uses(SegmentFile segment, String epoch) {
    epochs.computeIfAbsent(segment.number(), n -> ConcurrentHashMap.newKeySet()).add(epoch);
  }

  Set<String> epochsOf(SegmentFile segment) {
    return epochs.getOrDefault(segment.number(), Set.of());
  }

  /**
   * Gives the space of a segment back at once. Its name stays until a head knows what became of its
   * range.
   */
  void remove(SegmentFile segment, long lastSeq, String reason) throws StorageException {
    Gone tomb = new Gone(segment, lastSeq, reason);
    medium.rename(segment.name(), tomb.name());
    byFirstSeq.remove(segment.firstSeq(), segment);
    forget(segment);
    gone.add(tomb);
    medium.empty(tomb.name());
  }

  /** A head with all that became of the removed segments is on the medium. */
  void bury() throws StorageException {
    for (Gone tomb : gone) {
      medium.delete(tomb.name());
    }
    gone.clear();
  }

  /** Puts a damaged file aside and a repaired one, if there is one, in its place. */
  void replace(SegmentFile segment, boolean repaired) throws StorageException {
    medium.rename(segment.name(), segment.damagedName());
    setAside.incrementAndGet();
    if (repaired) {
      medium.rename(segment.repairName(), segment.name());
      sizes.put(segment.number(), medium.size(segment.name()));
    } else {
      byFirstSeq.remove(segment.firstSeq(), segment);
      forget(segment);
    }
  }

  /** How many damaged files lie beside the chain. */
  int setAside() {
    return setAside.get();
  }

  private void forget(SegmentFile segment) {
    sizes.remove(segment.number());
    epochs.remove(segment.number());
  }
}
