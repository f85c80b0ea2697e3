// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import io.kete.buffer.api.Lane;
import io.kete.buffer.api.Outlet;
import io.kete.buffer.api.Parcel;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The messages of each lane, in order, made from one parcel at a time. Remembers which messages of
 * a parcel were confirmed when the link was lost, so that only those that were in flight are sent
 * again. Used by one thread.
 */
final class Outbox {

  private static final int PARCELS_AT_ONCE = 8;
  private static final int MAX_HALVES = 10_000;

  /** What was confirmed of a parcel, and of how many messages. */
  private record Half(int messages, BitSet done) {}

  private final Outlet outlet;
  private final RecordMessages messages;
  private final Signals signals;
  private final Map<Lane, Deque<Parcel>> parcels = new EnumMap<>(Lane.class);
  private final Map<Lane, Deque<Outgoing>> outgoing = new EnumMap<>(Lane.class);
  private final Map<Long, Delivery> open = new ConcurrentHashMap<>();
  private final Map<Long, Half> halves = new HashMap<>();

  Outbox(Outlet outlet, RecordMessages messages, Signals signals) {
    this.outlet = outlet;
    this.messages = messages;
    this.signals = signals;
    for (Lane lane : Lane.values()) {
      parcels.put(lane, new ArrayDeque<>());
      outgoing.put(lane, new ArrayDeque<>());
    }
  }

  /** The next message of the lane; stays the next one until it is removed. */
  Optional<Outgoing> head(Lane lane) {
    Deque<Outgoing> ready = of(outgoing, lane);
    while (ready.isEmpty()) {
      Deque<Parcel> waiting = of(parcels, lane);
      if (waiting.isEmpty() && (lane == Lane.BACKLOG || signals.takeNews())) {
        waiting.addAll(outlet.poll(lane, PARCELS_AT_ONCE));
        if (lane == Lane.LIVE && !waiting.isEmpty()) {
          signals.news();
        }
      }
      Parcel parcel = waiting.pollFirst();
      if (parcel == null) {
        return Optional.empty();
      }
      unfold(parcel, ready);
    }
    return Optional.ofNullable(ready.peekFirst());
  }

  void removeHead(Lane lane) {
    of(outgoing, lane).removeFirst();
  }

  /** Puts a message that was set aside before the others of its lane, to be tried once more. */
  void putBack(Refusals.Aside aside) {
    aside.outgoing().lastTry();
    of(outgoing, aside.lane()).addFirst(aside.outgoing());
  }

  /** Puts accounts before the live messages; those that still wait are old, and go. */
  void putAccounts(List<RecordMessage> accounts) {
    if (!accounts.isEmpty()) {
      Deque<Outgoing> live = of(outgoing, Lane.LIVE);
      live.removeIf(waiting -> !waiting.delivery().isOfParcel());
      for (RecordMessage account : accounts) {
        live.addFirst(new Outgoing(account, Delivery.ofNothing(outlet), 0));
      }
    }
  }

  private void unfold(Parcel parcel, Deque<Outgoing> ready) {
    List<RecordMessage> ofParcel = messages.of(parcel);
    BitSet done = doneBefore(parcel, ofParcel.size());
    long seq = parcel.firstSeq();
    boolean isRemembered = parcel instanceof Parcel.Samples;
    Delivery delivery =
        new Delivery(
            parcel,
            ofParcel.size(),
            done,
            outlet,
            isRemembered ? () -> open.remove(seq) : () -> {});
    if (isRemembered) {
      open.put(seq, delivery);
    }
    for (int place = 0; place < ofParcel.size(); place++) {
      if (!done.get(place)) {
        ready.addLast(new Outgoing(ofParcel.get(place), delivery, place));
      }
    }
  }

  private BitSet doneBefore(Parcel parcel, int size) {
    Half half = parcel instanceof Parcel.Samples ? halves.remove(parcel.firstSeq()) : null;
    return half == null || half.messages() != size ? new BitSet() : half.done();
  }

  /** After a loss of the link: everything not confirmed will be offered again. */
  void rewind() {
    if (halves.size() > MAX_HALVES) {
      halves.clear();
    }
    open.forEach(
        (seq, delivery) -> {
          BitSet confirmed = delivery.confirmed();
          if (!confirmed.isEmpty() && !delivery.isComplete()) {
            halves.put(seq, new Half(delivery.messages(), confirmed));
          }
        });
    open.clear();
    parcels.values().forEach(Deque::clear);
    outgoing.values().forEach(Deque::clear);
    outlet.rewind();
    signals.news();
  }

  private static <T> Deque<T> of(Map<Lane, Deque<T>> map, Lane lane) {
    Deque<T> found = map.get(lane);
    if (found == null) {
      throw new IllegalStateException("no lane " + lane);
    }
    return found;
  }
}
