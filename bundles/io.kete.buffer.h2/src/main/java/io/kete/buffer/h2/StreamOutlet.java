// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import io.kete.buffer.api.Lane;
import io.kete.buffer.api.Outlet;
import io.kete.buffer.api.Parcel;
import io.kete.buffer.h2.SeqRanges.Range;
import io.kete.data.api.Block;
import io.kete.data.api.BlockId;
import io.kete.data.api.KeyEnvelope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Gives the stored blocks of a stream out in order. */
final class StreamOutlet implements Outlet {

  private final String gateway;
  private final StreamStore store;
  private final Account account;
  private final Supplier<Sending> sending;
  private final OpenSegments opened;
  private final BlockSource liveSource;
  private final BlockSource backlogSource;
  private final Runnable acknowledged;
  private final Runnable onClose;
  private final Lanes lanes;

  /** Keys that were or have to be given out and are not acknowledged, by epoch. */
  private final Map<String, Parcel.Key> keys = new LinkedHashMap<>();

  private final GivenKeys given = new GivenKeys();
  private final InFlight inFlight = new InFlight();
  private boolean prepared;
  private boolean closed;

  /**
   * An outlet that begins with the oldest sample that was not acknowledged.
   *
   * @param gateway name of the gateway in key parcels
   * @param damage told of a segment that cannot be read
   * @param acknowledged run after the first acknowledgement since the last head, and when it is
   *     time for the next
   */
  StreamOutlet(
      String gateway,
      StreamStore store,
      Supplier<Sending> sending,
      Consumer<SegmentFile> damage,
      Runnable acknowledged,
      Runnable onClose) {
    this.gateway = gateway;
    this.store = store;
    this.account = store.account();
    this.sending = sending;
    this.opened = new OpenSegments(store);
    this.liveSource = new BlockSource(store, opened, damage);
    this.backlogSource = new BlockSource(store, opened, damage);
    this.acknowledged = acknowledged;
    this.onClose = onClose;
    this.lanes = new Lanes(account);
    account.rewind();
    lanes.begin(account.lastSeq());
  }

  @Override
  public synchronized List<Parcel> poll(int max) {
    return collect(max, () -> next().map(this::forBoth));
  }

  @Override
  public synchronized List<Parcel> poll(Lane lane, int max) {
    boolean isLive = lane == Lane.LIVE;
    boolean isTwoLanes = sending.get().laning() == Sending.Laning.TWO;
    if (isLive && isTwoLanes && prepared) {
      catchUp();
    }
    return collect(
        max,
        isTwoLanes ? () -> isLive ? live() : backlog() : () -> isLive ? Optional.empty() : next());
  }

  private List<Parcel> collect(int max, Supplier<Optional<Parcel>> source) {
    if (max < 1) {
      throw new IllegalArgumentException("max is " + max);
    }
    List<Parcel> parcels = new ArrayList<>();
    if (closed || !store.isReady()) {
      return parcels;
    }
    prepare();
    Optional<Parcel> next = source.get();
    while (next.isPresent()) {
      parcels.add(next.get());
      next = parcels.size() < max ? source.get() : Optional.empty();
    }
    return parcels;
  }

  private void prepare() {
    if (!prepared) {
      prepared = true;
      lanes.begin(Math.max(store.lastSeqAtOpen(), lanes.liveNext() - 1));
      backlogSource
          .keysOfDelivered()
          .forEach(
              owed -> keys.putIfAbsent(owed.key().epoch(), parcel(owed.firstSeq(), owed.key())));
    }
  }

  /** When what the live lane has to give next is too old, it goes on with the newest block. */
  private void catchUp() {
    long next = lanes.liveNext();
    if (next <= account.lastSeq()) {
      long now = System.nanoTime();
      boolean inTime =
          store
              .recent()
              .with(next)
              .filter(stored -> now - stored.atNanos() <= sending.get().liveLag().toNanos())
              .isPresent();
      if (!inTime) {
        store.recent().newest().ifPresent(lanes::fallBehind);
      }
    }
  }

  /** Both lanes as one, in order. */
  private Optional<Parcel> next() {
    Optional<Parcel> backlog = backlog();
    return backlog.isPresent() || lanes.hasBacklog() ? backlog : live();
  }

  private Parcel forBoth(Parcel parcel) {
    if (parcel instanceof Parcel.Key key) {
      given.add(Lane.LIVE, key.envelope().epoch());
      given.add(Lane.BACKLOG, key.envelope().epoch());
    }
    return parcel;
  }

  private Optional<Parcel> backlog() {
    Optional<Parcel> key = nextKey();
    if (key.isPresent()) {
      return key;
    }
    if (isExposed()) {
      return Optional.empty();
    }
    boolean none = !lanes.hasBacklog();
    Optional<Parcel> dropped =
        account
            .nextDrop(none ? Long.MAX_VALUE : lanes.backlogNext())
            .map(d -> new Parcel.Dropped(d.incarnation(), d.firstSeq(), d.count(), d.reason()));
    if (dropped.isPresent() || none) {
      return dropped;
    }
    return backlogSource.with(lanes.backlogNext()).map(stored -> give(stored, Lane.BACKLOG));
  }

  private Optional<Parcel> live() {
    long next = lanes.liveNext();
    return next > account.lastSeq() || isExposed()
        ? Optional.empty()
        : liveSource.with(next).map(stored -> give(stored, Lane.LIVE));
  }

  /** Whether a crash now would have as many samples sent twice as is allowed. */
  private boolean isExposed() {
    return inFlight.samples() + account.unsaved() >= sending.get().replayLimit();
  }

  private Parcel.Key parcel(long firstSeq, KeyEnvelope key) {
    return new Parcel.Key(gateway, account.incarnationOf(firstSeq), firstSeq, key);
  }

  private Optional<Parcel> nextKey() {
    for (Map.Entry<String, Parcel.Key> entry : keys.entrySet()) {
      if (!store.isErased(entry.getKey()) && given.add(Lane.BACKLOG, entry.getKey())) {
        return Optional.of(entry.getValue());
      }
    }
    return Optional.empty();
  }

  /** The block, or the key that has to go before it. */
  private Parcel give(Stored stored, Lane lane) {
    Block block = stored.block();
    if (stored.key().isPresent()) {
      KeyEnvelope key = stored.key().get();
      boolean isOwed = !account.hasKey(key.epoch()) && !store.isErased(key.epoch());
      if (isOwed && given.add(lane, key.epoch())) {
        return keys.computeIfAbsent(key.epoch(), e -> parcel(block.id().firstSeq(), key));
      }
    }
    Range range = new Range(block.id().firstSeq(), block.id().lastSeq());
    boolean isLive = lane == Lane.LIVE;
    if (isLive) {
      lanes.gaveLive(range);
    } else {
      lanes.gaveBacklog(range);
    }
    inFlight.add(range.first(), (int) range.count());
    boolean isReplay = !isLive || !stored.live() || lanes.isReplay(range.last());
    return new Parcel.Samples(block, isReplay, stored.frameBytes() - Frame.OVERHEAD);
  }

  @Override
  public void acknowledge(Parcel parcel) {
    boolean first = false;
    if (parcel instanceof Parcel.Samples samples) {
      BlockId id = samples.block().id();
      first = account.delivered(id.firstSeq(), id.lastSeq());
      inFlight.remove(id.firstSeq());
      first |= account.unsaved() >= sending.get().replayLimit() / 2;
      store.recent().remove(id.firstSeq());
    } else if (parcel instanceof Parcel.Key key) {
      first = account.keyDelivered(key.envelope().epoch());
      forget(key.envelope().epoch());
    } else if (parcel instanceof Parcel.Dropped dropped) {
      first =
          account.dropDelivered(
              new Drop(
                  dropped.incarnation(), dropped.firstSeq(), dropped.count(), dropped.reason()));
    }
    if (first) {
      acknowledged.run();
    }
  }

  @Override
  public void giveUp(long firstSeq, long count, String reason) {
    if (count > 0 && account.drop(firstSeq, firstSeq + count - 1, reason) > 0) {
      acknowledged.run();
    }
  }

  private synchronized void forget(String epoch) {
    keys.remove(epoch);
    given.remove(epoch);
  }

  @Override
  public synchronized void rewind() {
    lanes.begin(account.lastSeq());
    given.clear();
    inFlight.clear();
    account.rewind();
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      opened.close();
      onClose.run();
    }
  }
}
