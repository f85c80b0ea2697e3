// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import io.kete.data.api.Block;
import io.kete.data.api.KeyEnvelope;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.eclipse.kura.crypto.CryptoService;

/**
 * The stored part of a stream: the chain of segments and the account. Everything that writes
 * belongs to the thread of the group commit.
 */
final class StreamStore {

  static final String MAX_BYTES = "max-bytes";
  static final String MAX_AGE = "max-age";
  static final String DAMAGED = "damaged";

  /** Parts of max.age in which data ages out. */
  private static final int AGE_STEPS = 8;

  /** As much of what was stored last is kept in memory. */
  static final int RECENT_BYTES = 512 * 1024;

  /** What the writer wants stored. */
  record Entry(Block block, Frame frame, Optional<KeyEnvelope> key) {}

  private final Medium medium;
  private final Account account = new Account();
  private final Chain chain;
  private final HeadFiles heads;
  private final KeyFiles keys;
  private final RecentBlocks recent;
  private final LongSupplier clock;
  private volatile Set<String> erased = Set.of();
  private volatile long runBase;
  private volatile long lastSeqAtOpen;
  private volatile boolean ready;
  private volatile boolean encrypt;
  private volatile Optional<Segment> active = Optional.empty();

  /**
   * A store that is not open yet.
   *
   * @param crypto what protects the keys of encrypted segments, as long as there is one
   * @param clock milliseconds since the start, from a clock nobody can set
   * @param recentBytes how much of what was stored last is kept in memory
   */
  StreamStore(
      Medium medium,
      Supplier<Optional<CryptoService>> crypto,
      LongSupplier clock,
      int recentBytes) {
    this.medium = medium;
    this.chain = new Chain(medium);
    this.heads = new HeadFiles(medium);
    this.keys = new KeyFiles(medium, crypto);
    this.clock = clock;
    this.recent = new RecentBlocks(recentBytes);
  }

  Medium medium() {
    return medium;
  }

  Account account() {
    return account;
  }

  Chain chain() {
    return chain;
  }

  RecentBlocks recent() {
    return recent;
  }

  Optional<Segment> active() {
    return active;
  }

  /** Whether new segments are encrypted; the present one is ended when it is the other way. */
  void encrypt(boolean wanted) {
    encrypt = wanted;
  }

  /** Whether a key is needed and nobody is there who could open it. */
  boolean isLocked() {
    return encrypt && !keys.canOpen();
  }

  /** The key of a segment; empty when it is not encrypted. */
  Optional<StoreKey> keyOf(SegmentFile segment) throws StorageException {
    return segment.isEncrypted() ? Optional.of(keys.key(segment.key())) : Optional.empty();
  }

  long runMillis() {
    return runBase + clock.getAsLong();
  }

  /** Opens what is there, or begins a new stream with the given incarnation. */
  void open(LongSupplier incarnations) throws StorageException {
    medium.create();
    account.clear();
    chain.load();
    for (SegmentFile segment : chain.segments()) {
      // before anything else: what cannot be decrypted must not be taken for damaged
      var unused = keyOf(segment);
    }
    if (encrypt) {
      var unused = keys.current();
    }
    Recovery recovery = new Recovery(this, heads.newest(), incarnations);
    Optional<SegmentFile> toContinue = recovery.run();
    runBase = recovery.runMillis();
    if (toContinue.isEmpty() || !resume(recovery, toContinue.get())) {
      roll();
    }
    writeHead(0);
    lastSeqAtOpen = account.lastSeq();
    ready = true;
  }

  /** Whether the store was opened; before that nothing of it may be sent. */
  boolean isReady() {
    return ready;
  }

  /** Last sequence number when the store was opened. */
  long lastSeqAtOpen() {
    return lastSeqAtOpen;
  }

  private boolean resume(Recovery recovery, SegmentFile file) throws StorageException {
    if (file.isEncrypted() != encrypt) {
      return false;
    }
    try {
      active = Optional.of(Segment.open(medium.file(file.name()), keyOf(file)));
      return true;
    } catch (StorageException e) {
      recovery.repair(file, account.lastSeq());
      return false;
    }
  }

  /** Begins a new segment. */
  void roll() throws StorageException {
    leaveActive();
    long number = chain.last().map(SegmentFile::number).orElse(0L) + 1;
    Optional<StoreKey> key = encrypt ? Optional.of(keys.current()) : Optional.empty();
    SegmentFile file =
        new SegmentFile(
            number, account.lastSeq() + 1, runMillis(), key.map(StoreKey::id).orElse(""));
    Segment segment = Segment.open(medium.file(file.name()), key);
    try {
      Head head = account.head(account.lastSeq(), runMillis(), 0);
      segment.put(head.toFrame());
      segment.commit();
      medium.syncDirectory();
      account.headStored(head);
      chain.append(file);
      chain.resized(file, segment.size());
    } catch (StorageException e) {
      account.headFailed();
      segment.close();
      throw e;
    }
    active = Optional.of(segment);
  }

  /**
   * After an error: nothing is written to the present segment any more. What of it was not
   * committed is out of the chain.
   */
  void leaveActive() {
    active.ifPresent(Segment::close);
    active = Optional.empty();
  }

  /** Stores blocks; after the return they are on the medium and can be read. */
  void commit(List<Entry> entries, long segmentBytes) throws StorageException {
    if (active.isEmpty()
        || chain.sizeOf(lastFile()) >= segmentBytes
        || lastFile().isEncrypted() != encrypt) {
      roll();
    }
    Segment segment = active.orElseThrow();
    SegmentFile file = lastFile();
    long last = entries.get(entries.size() - 1).block().id().lastSeq();
    try {
      for (Entry entry : entries) {
        if (entry.key().filter(key -> !isErased(key.epoch())).isPresent()) {
          segment.put(entry.key().get());
          chain.uses(file, entry.key().get().epoch());
        }
        segment.put(entry.frame());
      }
      Head head = account.head(last, runMillis(), 0);
      segment.put(head.toFrame());
      segment.commit();
      account.headStored(head);
      chain.resized(file, segment.size());
    } catch (StorageException e) {
      account.headFailed();
      leaveActive();
      throw e;
    }
    long now = System.nanoTime();
    for (Entry entry : entries) {
      int bytes = entry.frame().payload().length + Frame.OVERHEAD;
      recent.add(new Stored(entry.block(), entry.key(), bytes, true, now));
    }
    account.stored(last);
  }

  private SegmentFile lastFile() {
    return chain.last().orElseThrow();
  }

  /** Last sequence number a segment holds. */
  long lastSeqOf(SegmentFile segment) {
    return chain.after(segment).map(next -> next.firstSeq() - 1).orElseGet(account::lastSeq);
  }

  /** Stores the account when it changed, and gives back the space of what is done. */
  void tidy() throws StorageException {
    for (SegmentFile segment : chain.segments()) {
      long last = lastSeqOf(segment);
      boolean isDone = last >= segment.firstSeq() && account.isDone(segment.firstSeq(), last);
      boolean keysDone =
          chain.epochsOf(segment).stream().allMatch(e -> isErased(e) || account.hasKey(e));
      if (isDone && isClosed(segment) && keysDone) {
        chain.remove(segment, last, SegmentFile.Gone.DELIVERED);
      }
    }
    if (account.isChanged()) {
      writeHead(0);
    } else {
      chain.bury();
    }
  }

  /**
   * Destroys the keys of some epochs in every file, and gives none of them out any more.
   *
   * @return how many copies were overwritten
   */
  int erase(Set<String> epochs) throws StorageException {
    erased = Set.copyOf(epochs);
    if (active.isPresent() && epochs.stream().anyMatch(active.get().keys()::containsKey)) {
      roll();
    }
    int copies = 0;
    for (String name : medium.names()) {
      long size = medium.size(name);
      for (long from = 0; from < size; from += KeyFrames.STEP) {
        byte[] window = medium.read(name, from, KeyFrames.STEP + KeyFrames.MAX_FRAME);
        List<KeyFrames.Part> parts = KeyFrames.find(window, from, epochs);
        if (!parts.isEmpty()) {
          medium.wipe(name, parts);
          copies += parts.size();
        }
      }
    }
    return copies;
  }

  /** Whether the key of an epoch must not be given out. */
  boolean isErased(String epoch) {
    return erased.contains(epoch);
  }

  /** Drops what is older than {@code maxMillis}; returns the number of samples. */
  long dropOld(long maxMillis) throws StorageException {
    long now = runMillis();
    SegmentFile newest = lastFile();
    if (account.lastSeq() >= newest.firstSeq()
        && now - newest.runMillis() > maxMillis / AGE_STEPS) {
      roll();
    }
    long dropped = 0;
    for (SegmentFile segment : chain.segments()) {
      Optional<SegmentFile> next = chain.after(segment);
      if (next.isEmpty() || now - next.get().runMillis() <= maxMillis) {
        break;
      }
      dropped += drop(segment, MAX_AGE);
    }
    return dropped;
  }

  /** Whether {@code more} bytes fit into {@code maxBytes}. */
  boolean hasRoom(long more, long maxBytes) {
    return chain.bytes() + more <= maxBytes;
  }

  /** Drops the oldest segments until {@code more} bytes fit; returns the number of samples. */
  long makeRoom(long more, long maxBytes) throws StorageException {
    long dropped = 0;
    while (!hasRoom(more, maxBytes)) {
      SegmentFile oldest = chain.first().orElseThrow();
      if (!isClosed(oldest)) {
        if (account.lastSeq() < oldest.firstSeq()) {
          return dropped;
        }
        roll();
      }
      dropped += drop(oldest, MAX_BYTES);
    }
    return dropped;
  }

  /**
   * Ends the active segment if all of it is delivered, so that {@link #tidy()} can give its space
   * back.
   */
  void releaseActive() throws StorageException {
    SegmentFile last = lastFile();
    if (account.lastSeq() >= last.firstSeq()
        && account.isDone(last.firstSeq(), account.lastSeq())) {
      roll();
    }
  }

  private long drop(SegmentFile segment, String reason) throws StorageException {
    long last = lastSeqOf(segment);
    chain.remove(segment, last, reason);
    long dropped = account.drop(segment.firstSeq(), last, reason);
    writeHead(0);
    return dropped;
  }

  private boolean isClosed(SegmentFile segment) {
    return chain.after(segment).isPresent();
  }

  /**
   * Saves what can be saved of a damaged segment and sets the file aside; returns the number of
   * lost samples.
   */
  long repair(SegmentFile segment) throws StorageException {
    if (!chain.holds(segment)) {
      return 0;
    }
    if (!isClosed(segment)) {
      roll();
    }
    long lost = new Recovery(this, Optional.empty(), () -> 0).repair(segment, lastSeqOf(segment));
    writeHead(0);
    return lost;
  }

  /** Writes the last head; the store can be continued without a look at its segments. */
  void close() throws StorageException {
    if (active.isPresent()) {
      long number = lastFile().number();
      leaveActive();
      writeHead(number);
    }
  }

  private void writeHead(long cleanSegment) throws StorageException {
    try {
      Head head = account.head(account.lastSeq(), runMillis(), cleanSegment);
      heads.write(head);
      account.headStored(head);
      chain.bury();
    } catch (StorageException e) {
      account.headFailed();
      throw e;
    }
  }
}
