// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import io.kete.buffer.api.AppendCallback;
import io.kete.buffer.api.Lane;
import io.kete.buffer.api.Outlet;
import io.kete.buffer.api.Parcel;
import io.kete.buffer.api.Stream;
import io.kete.buffer.api.StreamLedger;
import io.kete.data.api.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A stream in memory that gives out parcels put into it and remembers what became of them. */
final class FakeStream implements Stream {

  final List<Parcel> acknowledged = new ArrayList<>();
  final List<String> givenUp = new ArrayList<>();
  private final String name;
  private final List<Parcel> live = new ArrayList<>();
  private final List<Parcel> backlog = new ArrayList<>();
  private final List<Parcel> given = new ArrayList<>();
  private int rewinds;
  private boolean open;
  private Runnable wakeup = () -> {};

  FakeStream() {
    this("telemetry");
  }

  FakeStream(String name) {
    this.name = name;
  }

  void put(Parcel parcel) {
    put(Lane.BACKLOG, parcel);
  }

  synchronized void put(Lane lane, Parcel parcel) {
    of(lane).add(parcel);
    wakeup.run();
  }

  private List<Parcel> of(Lane lane) {
    return lane == Lane.LIVE ? live : backlog;
  }

  synchronized int rewinds() {
    return rewinds;
  }

  synchronized int acknowledgedCount() {
    return acknowledged.size();
  }

  synchronized List<String> givenUp() {
    return List.copyOf(givenUp);
  }

  synchronized boolean isOpen() {
    return open;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void append(Sample sample, AppendCallback callback) {
    throw new IllegalStateException("only drained here");
  }

  @Override
  public synchronized Outlet open(Runnable newWakeup) {
    open = true;
    wakeup = newWakeup;
    return new FakeOutlet();
  }

  @Override
  public StreamLedger ledger() {
    return new StreamLedger(10, 6, 3, new TreeMap<>(Map.of("max-age", 1L)), 0);
  }

  private final class FakeOutlet implements Outlet {

    @Override
    public List<Parcel> poll(int max) {
      throw new IllegalStateException("the lanes are asked one by one");
    }

    @Override
    public List<Parcel> poll(Lane lane, int max) {
      synchronized (FakeStream.this) {
        List<Parcel> ofLane = of(lane);
        List<Parcel> some = List.copyOf(ofLane.subList(0, Math.min(max, ofLane.size())));
        ofLane.subList(0, some.size()).clear();
        given.addAll(some);
        return some;
      }
    }

    @Override
    public void acknowledge(Parcel parcel) {
      synchronized (FakeStream.this) {
        acknowledged.add(parcel);
        given.remove(parcel);
      }
    }

    @Override
    public void giveUp(long firstSeq, long count, String reason) {
      synchronized (FakeStream.this) {
        givenUp.add(firstSeq + "+" + count + " " + reason);
      }
    }

    @Override
    public void rewind() {
      synchronized (FakeStream.this) {
        rewinds++;
        backlog.addAll(given);
        given.clear();
        backlog.addAll(live);
        live.clear();
        backlog.sort(Comparator.comparingLong(Parcel::firstSeq));
        backlog.replaceAll(FakeStream::replayed);
      }
    }

    @Override
    public void close() {
      synchronized (FakeStream.this) {
        open = false;
        rewind();
      }
    }
  }

  private static Parcel replayed(Parcel parcel) {
    return parcel instanceof Parcel.Samples samples
        ? new Parcel.Samples(samples.block(), true)
        : parcel;
  }
}
