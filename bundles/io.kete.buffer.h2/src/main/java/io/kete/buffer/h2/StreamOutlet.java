// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import io.kete.buffer.api.Outlet;
import io.kete.buffer.api.Parcel;
import io.kete.data.api.Block;
import io.kete.data.api.BlockId;
import io.kete.data.api.KeyEnvelope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Gives the stored blocks of a stream out in order. */
final class StreamOutlet implements Outlet {

  private final String gateway;
  private final StreamStore store;
  private final Account account;
  private final BlockSource source;
  private final Runnable acknowledged;
  private final Runnable onClose;

  /**
   * Keys that were or have to be given out and are not acknowledged, by epoch; true when given
   * since the last rewind.
   */
  private final Map<String, Parcel.Key> keys = new LinkedHashMap<>();

  private final Map<String, Boolean> given = new LinkedHashMap<>();
  private boolean prepared;
  private boolean closed;
  private long cursor = 1;
  private long backlogThrough;

  /**
   * An outlet that begins with the oldest sample that was not acknowledged.
   *
   * @param gateway name of the gateway in key parcels
   * @param damage told of a segment that cannot be read
   * @param acknowledged run after the first acknowledgement since the last head
   */
  StreamOutlet(
      String gateway,
      StreamStore store,
      Consumer<SegmentFile> damage,
      Runnable acknowledged,
      Runnable onClose) {
    this.gateway = gateway;
    this.store = store;
    this.account = store.account();
    this.source = new BlockSource(store, damage);
    this.acknowledged = acknowledged;
    this.onClose = onClose;
    account.rewind();
  }

  @Override
  public synchronized List<Parcel> poll(int max) {
    if (max < 1) {
      throw new IllegalArgumentException("max is " + max);
    }
    List<Parcel> parcels = new ArrayList<>();
    if (closed || !store.isReady()) {
      return parcels;
    }
    prepare();
    while (parcels.size() < max) {
      Optional<Parcel> next = next();
      if (next.isEmpty()) {
        break;
      }
      parcels.add(next.get());
    }
    return parcels;
  }

  private void prepare() {
    if (!prepared) {
      prepared = true;
      backlogThrough = account.lastSeq();
      source
          .keysOfDelivered()
          .forEach(
              owed -> keys.putIfAbsent(owed.key().epoch(), parcel(owed.firstSeq(), owed.key())));
    }
  }

  private Optional<Parcel> next() {
    Optional<Parcel> key = nextKey();
    if (key.isPresent()) {
      return key;
    }
    long seq = account.nextBuffered(cursor);
    boolean none = seq > account.lastSeq();
    Optional<Parcel> dropped =
        account
            .nextDrop(none ? Long.MAX_VALUE : seq)
            .map(d -> new Parcel.Dropped(d.incarnation(), d.firstSeq(), d.count(), d.reason()));
    if (dropped.isPresent() || none) {
      return dropped;
    }
    return source.with(seq).map(this::give);
  }

  private Parcel.Key parcel(long firstSeq, KeyEnvelope key) {
    return new Parcel.Key(gateway, account.incarnationOf(firstSeq), firstSeq, key);
  }

  private Optional<Parcel> nextKey() {
    for (Map.Entry<String, Parcel.Key> entry : keys.entrySet()) {
      if (!store.isErased(entry.getKey()) && given.putIfAbsent(entry.getKey(), true) == null) {
        return Optional.of(entry.getValue());
      }
    }
    return Optional.empty();
  }

  /** The block, or the key that has to go before it. */
  private Parcel give(Stored stored) {
    Block block = stored.block();
    if (stored.key().isPresent()) {
      KeyEnvelope key = stored.key().get();
      boolean known = account.hasKey(key.epoch()) || given.containsKey(key.epoch());
      if (!known && !store.isErased(key.epoch())) {
        Parcel.Key parcel = parcel(block.id().firstSeq(), key);
        keys.put(key.epoch(), parcel);
        given.put(key.epoch(), true);
        return parcel;
      }
    }
    cursor = block.id().lastSeq() + 1;
    return new Parcel.Samples(block, !stored.live() || block.id().lastSeq() <= backlogThrough);
  }

  @Override
  public void acknowledge(Parcel parcel) {
    boolean first = false;
    if (parcel instanceof Parcel.Samples samples) {
      BlockId id = samples.block().id();
      first = account.delivered(id.firstSeq(), id.lastSeq());
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

  private synchronized void forget(String epoch) {
    keys.remove(epoch);
    given.remove(epoch);
  }

  @Override
  public synchronized void rewind() {
    cursor = 1;
    backlogThrough = account.lastSeq();
    given.clear();
    account.rewind();
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      source.close();
      onClose.run();
    }
  }
}
