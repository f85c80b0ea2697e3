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
import java.util.List;
import java.util.Map;

/** A stream in memory that gives out parcels put into it and remembers what was acknowledged. */
final class FakeStream implements Stream {

  final List<Parcel> acknowledged = new ArrayList<>();
  private final List<Parcel> stored = new ArrayList<>();
  private int next;
  private int rewinds;
  private boolean open;
  private Runnable wakeup = () -> {};

  synchronized void put(Parcel parcel) {
    stored.add(parcel);
    wakeup.run();
  }

  synchronized int rewinds() {
    return rewinds;
  }

  synchronized int acknowledgedCount() {
    return acknowledged.size();
  }

  synchronized boolean isOpen() {
    return open;
  }

  @Override
  public String name() {
    return "telemetry";
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
    return new StreamLedger(0, 0, 0, Map.of(), 0);
  }

  private final class FakeOutlet implements Outlet {

    @Override
    public List<Parcel> poll(int max) {
      synchronized (FakeStream.this) {
        List<Parcel> given = new ArrayList<>();
        while (next < stored.size() && given.size() < max) {
          given.add(stored.get(next++));
        }
        return given;
      }
    }

    @Override
    public List<Parcel> poll(Lane lane, int max) {
      return lane == Lane.BACKLOG ? poll(max) : List.of();
    }

    @Override
    public void acknowledge(Parcel parcel) {
      synchronized (FakeStream.this) {
        acknowledged.add(parcel);
      }
    }

    @Override
    public void rewind() {
      synchronized (FakeStream.this) {
        rewinds++;
        next = acknowledged.size();
      }
    }

    @Override
    public void close() {
      synchronized (FakeStream.this) {
        open = false;
      }
    }
  }
}
