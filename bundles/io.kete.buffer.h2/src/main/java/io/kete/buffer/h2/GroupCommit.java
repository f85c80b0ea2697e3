// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import io.kete.buffer.api.AppendCallback;
import io.kete.buffer.api.Refusal;
import io.kete.buffer.api.Refusal.Cause;
import io.kete.buffer.h2.SampleQueue.Offer;
import io.kete.buffer.h2.Sealer.Sealed;
import io.kete.buffer.h2.StreamSettings.WhenFull;
import io.kete.data.api.Sample;
import io.kete.policy.api.DataPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a stream that writes: takes all that waits, seals it, stores it, syncs once,
 * then answers.
 */
final class GroupCommit implements Runnable {

  private static final Logger logger = LoggerFactory.getLogger(GroupCommit.class);

  static final int MAX_WAITING = 16_384;
  static final long MAX_WAITING_BYTES = 8L << 20;
  static final int MAX_SAMPLE_BYTES = 1 << 20;

  private static final Duration TIDY = Duration.ofSeconds(1);
  private static final Duration IDLE = Duration.ofMinutes(1);
  private static final Duration CLOSING = Duration.ofSeconds(3);
  private static final Duration UNLOCKING = Duration.ofSeconds(10);
  private static final int MIN_EXPECTED = 32;

  private final StreamStore store;
  private final LongSupplier incarnations;
  private final Supplier<Optional<DataPolicy>> policy;
  private final Runnable news;
  private final SampleQueue queue = new SampleQueue(MAX_WAITING, MAX_WAITING_BYTES);
  private final Sealer sealer = new Sealer();
  private final BackOff backOff = new BackOff();
  private final Queue<SegmentFile> damaged = new ConcurrentLinkedQueue<>();
  private final Watchdog watchdog;
  private volatile StreamSettings settings;
  private volatile Optional<String> failure = Optional.empty();
  private volatile boolean open;
  private volatile boolean full;
  private volatile boolean withoutPolicy;
  private volatile Set<String> toErase = Set.of();
  private Set<String> erased = Set.of();
  private int expected;
  private final long begun = System.nanoTime();
  private long lastTidy = begun;
  private long lastCommit = begun - IDLE.toNanos();

  /**
   * The writer of a store.
   *
   * @param news run when there may be something new to send
   */
  GroupCommit(
      StreamStore store,
      StreamSettings settings,
      LongSupplier incarnations,
      Supplier<Optional<DataPolicy>> policy,
      Runnable news) {
    this.store = store;
    this.settings = settings;
    store.encrypt(settings.encrypted());
    this.watchdog = new Watchdog(settings.stream(), store.medium()::free);
    this.incarnations = incarnations;
    this.policy = policy;
    this.news = news;
  }

  void append(Sample sample, AppendCallback callback) {
    Pending pending = Pending.of(sample, callback);
    if (pending.bytes() > MAX_SAMPLE_BYTES) {
      callback.refused(
          new Refusal(Cause.INVALID, "sample of more than " + MAX_SAMPLE_BYTES + " bytes"));
    } else if (failure.isPresent()) {
      callback.refused(new Refusal(Cause.STORAGE, failure.get()));
    } else if (full && settings.whenFull() == WhenFull.DROP_NEWEST) {
      callback.refused(
          new Refusal(Cause.FULL, "stream " + settings.stream() + " has reached max.bytes"));
    } else {
      answer(queue.offer(pending), callback);
    }
  }

  private void answer(Offer offer, AppendCallback callback) {
    if (offer == Offer.FULL) {
      callback.refused(
          new Refusal(
              Cause.FULL, "too many samples wait for the medium of stream " + settings.stream()));
    } else if (offer == Offer.CLOSED) {
      callback.refused(closed());
    }
  }

  private Refusal closed() {
    return new Refusal(Cause.CLOSED, "stream " + settings.stream() + " is being closed");
  }

  void change(StreamSettings changed) {
    settings = changed;
    store.encrypt(changed.encrypted());
    queue.wake();
  }

  /** The keys of these epochs have to go. */
  void erase(Set<String> epochs) {
    toErase = Set.copyOf(epochs);
    queue.wake();
  }

  /** Something happened that the thread may wait for: a policy, an acknowledgement. */
  void wake() {
    queue.wake();
  }

  /** A segment could not be read. */
  void reportDamage(SegmentFile segment) {
    if (!damaged.contains(segment)) {
      damaged.add(segment);
      queue.wake();
    }
  }

  void close() {
    queue.close();
  }

  Sending sending() {
    return settings.sending();
  }

  Optional<String> failure() {
    return failure;
  }

  boolean isSpaceLow() {
    return watchdog.isLow();
  }

  /** Tries again at once what failed. */
  void resume() {
    backOff.hurry();
    queue.wake();
  }

  boolean isFull() {
    return full;
  }

  boolean isWithoutPolicy() {
    return withoutPolicy;
  }

  int waiting() {
    return queue.size();
  }

  @Override
  public void run() {
    try {
      while (!queue.isClosed()) {
        try {
          step();
        } catch (StorageException e) {
          failed(e);
        }
      }
      finish();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      queue.close();
      queue.takeAll().forEach(p -> p.refused(closed()));
    }
  }

  private void step() throws StorageException, InterruptedException {
    if (failure.isPresent() || !open) {
      heal();
      return;
    }
    erase();
    boolean canCommit = canCommit();
    if (canCommit) {
      queue.await(untilTidy());
      long rest = lastCommit + settings.latency().toNanos() - System.nanoTime();
      if (!queue.isEmpty() && rest > 0) {
        queue.await(Duration.ofNanos(rest), enough());
      }
    } else {
      queue.pause(untilTidy());
    }
    tidy();
    if (canCommit && !queue.isEmpty()) {
      commit();
      lastCommit = System.nanoTime();
    }
  }

  /**
   * How many samples make it useless to wait for more. Many producers that each wait for their last
   * sample are all back when as many have come as were answered.
   */
  private int enough() {
    int most = settings.maxSamples() * settings.maxBlocks();
    return expected < MIN_EXPECTED ? most : Math.min(most, expected);
  }

  private void erase() throws StorageException {
    Set<String> wanted = toErase;
    if (wanted.equals(erased)) {
      return;
    }
    int copies = store.erase(wanted);
    erased = wanted;
    logger.warn(
        "keys_erased stream={} epochs={} copies={}", settings.stream(), wanted.size(), copies);
  }

  private boolean canCommit() {
    boolean missing = policy.get().isEmpty();
    if (missing && !withoutPolicy) {
      logger.warn(
          "policy_missing stream={} samples are held until there is a data policy",
          settings.stream());
    }
    withoutPolicy = missing;
    return !missing && !full;
  }

  private Duration untilTidy() {
    return store.account().isChanged() || full || !settings.maxAge().isZero() ? TIDY : IDLE;
  }

  /** Opens the store, or goes on with a new segment after an error. */
  private void heal() throws StorageException, InterruptedException {
    if (failure.isPresent()) {
      backOff.pause(queue);
    } else if (store.isLocked() && System.nanoTime() - begun < UNLOCKING.toNanos()) {
      // the framework hands the CryptoService over a moment after the start
      queue.pause(TIDY);
      return;
    }
    if (queue.isClosed()) {
      return;
    }
    if (open) {
      store.tidy();
      store.roll();
      logger.info("storage_recovered stream={}", settings.stream());
    } else {
      store.open(incarnations);
      open = true;
      logger.info(
          "stream_opened stream={} lastSeq={} segments={}",
          settings.stream(),
          store.account().lastSeq(),
          store.chain().segments().size());
    }
    failure = Optional.empty();
    news.run();
  }

  private void failed(StorageException e) {
    store.leaveActive();
    boolean isNew = failure.isEmpty();
    failure =
        Optional.of(
            "stream %s: %s: %s; %s"
                .formatted(settings.stream(), e.getMessage(), e.reason(), e.consequence()));
    if (isNew) {
      logger.error("storage_failed stream={} reason={}", settings.stream(), failure.get(), e);
    }
    refuse(queue.takeAll());
  }

  private void refuse(List<Pending> samples) {
    Refusal refusal = new Refusal(Cause.STORAGE, failure.orElse(""));
    samples.forEach(p -> p.refused(refusal));
  }

  private void tidy() throws StorageException {
    while (!damaged.isEmpty()) {
      repair(damaged.remove());
    }
    boolean isUrgent =
        queue.isEmpty() && store.account().unsaved() >= settings.sending().replayLimit() / 2;
    if (!full && !isUrgent && System.nanoTime() - lastTidy < TIDY.toNanos()) {
      return;
    }
    lastTidy = System.nanoTime();
    if (full) {
      store.releaseActive();
    }
    store.tidy();
    long maxAge = settings.maxAge().toMillis();
    boolean isAged = maxAge > 0 && store.dropOld(maxAge) > 0;
    if (isUrgent || isAged) {
      news.run();
    }
    full = full && !store.hasRoom(settings.segmentBytes(), bound());
  }

  private void repair(SegmentFile segment) throws StorageException {
    // one that was given back while an outlet was about to open it is not damaged
    if (store.chain().holds(segment)) {
      long lost = store.repair(segment);
      String name = settings.stream();
      logger.error("segment_damaged stream={} segment={} lost={}", name, segment.number(), lost);
      news.run();
    }
  }

  private void commit() throws StorageException {
    Optional<DataPolicy> present = policy.get();
    if (present.isEmpty() || !makeRoom()) {
      return;
    }
    StreamSettings now = settings;
    List<Pending> batch = queue.take(now.maxSamples() * now.maxBlocks(), now.segmentBytes() / 2);
    expected = Math.max(batch.size(), expected - expected / 8);
    Account account = store.account();
    List<Sealed> sealed =
        sealer.seal(batch, present.get(), now, account.incarnation(), account.lastSeq() + 1);
    List<StreamStore.Entry> entries = sealed.stream().flatMap(s -> s.entry().stream()).toList();
    try {
      if (!entries.isEmpty()) {
        store.commit(entries, now.segmentBytes());
        backOff.succeeded();
      }
    } catch (StorageException e) {
      failed(e);
      refuse(batch);
      return;
    }
    sealed.forEach(Sealed::answer);
    news.run();
  }

  private long bound() {
    return watchdog.bound(settings, store.chain().bytes());
  }

  private boolean makeRoom() throws StorageException {
    long segment = settings.segmentBytes();
    long bound = bound();
    if (store.hasRoom(segment, bound)) {
      return true;
    }
    if (settings.whenFull() == WhenFull.DROP_OLDEST) {
      long dropped = store.makeRoom(segment, bound);
      logger.warn(
          "samples_dropped stream={} reason={} count={}",
          settings.stream(),
          StreamStore.MAX_BYTES,
          dropped);
      return true;
    }
    full = true;
    logger.warn("stream_full stream={} policy={}", settings.stream(), settings.whenFull());
    if (settings.whenFull() == WhenFull.DROP_NEWEST) {
      Refusal refusal =
          new Refusal(Cause.FULL, "stream " + settings.stream() + " has reached max.bytes");
      queue.takeAll().forEach(p -> p.refused(refusal));
    }
    return false;
  }

  /** Stores what still waits, as far as that goes within a bounded time, and closes. */
  private void finish() {
    long deadline = System.nanoTime() + CLOSING.toNanos();
    try {
      while (open
          && failure.isEmpty()
          && !full
          && !queue.isEmpty()
          && policy.get().isPresent()
          && System.nanoTime() < deadline) {
        commit();
      }
      store.close();
    } catch (StorageException e) {
      logger.warn("stream_close_failed stream={} reason={}", settings.stream(), e.reason(), e);
    } finally {
      store.leaveActive();
    }
  }
}
