// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.scenario;

import io.kete.buffer.api.AppendCallback;
import io.kete.buffer.api.Outlet;
import io.kete.buffer.api.Stream;
import io.kete.buffer.api.StreamLedger;
import io.kete.data.api.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The end of routes: keeps every sample as it came, by asset. */
final class Capture implements Stream {

  static final String NAME = "capture";

  private final Map<String, List<Sample>> samples = new ConcurrentHashMap<>();
  private final AtomicLong seq = new AtomicLong();

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void append(Sample sample, AppendCallback callback) {
    List<Sample> list = samples.computeIfAbsent(sample.asset(), asset -> new ArrayList<>());
    synchronized (list) {
      list.add(sample);
    }
    callback.accepted(seq.incrementAndGet());
  }

  /** Samples of all assets. */
  long size() {
    return seq.get();
  }

  List<Sample> of(String asset) {
    List<Sample> list = samples.getOrDefault(asset, List.of());
    synchronized (list) {
      return List.copyOf(list);
    }
  }

  /** The version that scored the last sample of an asset; empty when it has no score. */
  String lastVersion(String asset) {
    List<Sample> list = samples.getOrDefault(asset, List.of());
    synchronized (list) {
      return list.isEmpty() || list.get(list.size() - 1).lineage().isEmpty()
          ? ""
          : list.get(list.size() - 1).lineage().get(0).version();
    }
  }

  @Override
  public Outlet open(Runnable wakeup) {
    throw new UnsupportedOperationException("nothing drains this stream");
  }

  @Override
  public StreamLedger ledger() {
    throw new UnsupportedOperationException("nobody asks");
  }
}
