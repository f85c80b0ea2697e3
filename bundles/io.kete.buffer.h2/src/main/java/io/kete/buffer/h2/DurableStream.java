// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import io.kete.buffer.api.AppendCallback;
import io.kete.buffer.api.Outlet;
import io.kete.buffer.api.Stream;
import io.kete.buffer.api.StreamLedger;
import io.kete.data.api.Sample;
import io.kete.data.api.Status;
import io.kete.data.api.StatusSource;
import io.kete.policy.api.DataPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.eclipse.kura.crypto.CryptoService;

/** A stream with its store and its one thread. */
final class DurableStream implements Stream, StatusSource, AutoCloseable {

  private static final long CLOSE_MILLIS = 5_000;

  /** Services of others, which come and go. */
  interface Services {
    Optional<DataPolicy> policy();

    Optional<CryptoService> crypto();
  }

  private final String name;
  private final String gateway;
  private final StreamStore store;
  private final GroupCommit commit;
  private final Thread thread;
  private final AtomicBoolean taken = new AtomicBoolean();
  private volatile Optional<Runnable> wakeup = Optional.empty();

  /**
   * A stream that opens its store on its own thread.
   *
   * @param incarnations numbers that never come twice, for new stores
   * @param services what it uses of others
   */
  DurableStream(StreamSettings settings, LongSupplier incarnations, Services services) {
    this(settings, incarnations, services, StreamStore.RECENT_BYTES);
  }

  DurableStream(
      StreamSettings settings, LongSupplier incarnations, Services services, int recentBytes) {
    long start = System.nanoTime();
    this.name = settings.stream();
    this.gateway = settings.gateway();
    this.store =
        new StreamStore(
            new Medium(settings.directory()),
            services::crypto,
            () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
            recentBytes);
    this.commit =
        new GroupCommit(
            store, settings, incarnations, services::policy, () -> wakeup.ifPresent(Runnable::run));
    this.thread = new Thread(commit, "buffer.h2-" + name);
    thread.setDaemon(true);
  }

  /** Starts the thread. */
  void start() {
    thread.start();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void append(Sample sample, AppendCallback callback) {
    commit.append(sample, callback);
  }

  @Override
  public Outlet open(Runnable listener) {
    if (!taken.compareAndSet(false, true)) {
      throw new IllegalStateException("stream " + name + " has an open outlet");
    }
    wakeup = Optional.of(listener);
    return new StreamOutlet(
        gateway,
        store,
        commit::sending,
        commit::reportDamage,
        commit::wake,
        () -> {
          wakeup = Optional.empty();
          taken.set(false);
        });
  }

  @Override
  public StreamLedger ledger() {
    return store.account().ledger(store.chain().bytes());
  }

  /** Number of the last segment, which is how many there ever were. */
  long segmentsBegun() {
    return store.chain().last().map(SegmentFile::number).orElse(0L);
  }

  /** Tries again at once what failed. */
  void resume() {
    commit.resume();
  }

  /** Goes on with other limits. */
  void change(StreamSettings settings) {
    commit.change(settings);
  }

  /** The data policy came, went or named other epochs to erase. */
  void policyChanged(Set<String> erasedEpochs) {
    commit.erase(erasedEpochs);
    commit.wake();
  }

  @Override
  public Status status() {
    StreamLedger ledger = ledger();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("accepted", ledger.accepted());
    facts.put("delivered", ledger.delivered());
    facts.put("buffered", ledger.buffered());
    facts.put("dropped", ledger.dropped());
    facts.put("storedBytes", ledger.storedBytes());
    facts.put("waiting", commit.waiting());
    facts.put("segments", store.chain().segments().size());
    facts.put("encrypted", store.chain().last().map(SegmentFile::isEncrypted).orElse(false));
    return new Status(problems(), facts);
  }

  private List<String> problems() {
    List<String> problems = new ArrayList<>();
    commit.failure().ifPresent(f -> problems.add(f + "."));
    if (commit.isWithoutPolicy()) {
      problems.add(
          "Stream "
              + name
              + " holds its samples because there is no data policy; install or start one.");
    }
    if (commit.isFull()) {
      problems.add(
          "Stream " + name + " has reached max.bytes; restore the link or raise the limit.");
    }
    if (commit.isSpaceLow()) {
      problems.add(
          "Less than min.free.bytes is free on the medium of stream "
              + name
              + " in "
              + store.medium()
              + ", so it does not grow; free some space.");
    }
    int damaged = store.chain().setAside();
    if (damaged > 0) {
      problems.add(
          damaged
              + " damaged segment files of stream "
              + name
              + " lie in "
              + store.medium()
              + "; check the medium.");
    }
    return problems;
  }

  /** Stores what waits and stops the thread, within a bounded time. */
  @Override
  public void close() {
    commit.close();
    try {
      thread.join(CLOSE_MILLIS);
      if (thread.isAlive()) {
        thread.interrupt();
        thread.join(CLOSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
