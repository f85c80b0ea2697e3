// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.model;

import io.kete.buffer.api.AppendCallback;
import io.kete.buffer.api.Outlet;
import io.kete.buffer.api.Stream;
import io.kete.buffer.api.StreamLedger;
import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * The end of the routes. Looks at each sample when it comes: is it the next one of its asset, and
 * which version scored it. Keeps counts only.
 */
final class LoadSink implements Stream {

  static final String NAME = "load";

  /** A version that is awaited on every line. */
  private record Awaited(String version, CountDownLatch lines) {}

  private static final Awaited NOTHING = new Awaited("", new CountDownLatch(0));

  /** What was seen of one asset; a route runs on one thread at a time. */
  private static final class Line {
    private final LoadAsset asset;
    private final Delays delays = new Delays();
    private long next;
    private String version = "";
    private int major;
    private long changes;
    private Awaited counted = NOTHING;

    Line(LoadAsset asset) {
      this.asset = asset;
    }
  }

  private final Map<String, Line> lines;
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private final AtomicLong unscored = new AtomicLong();
  private final AtomicLong mixed = new AtomicLong();
  private volatile Awaited awaited = NOTHING;

  LoadSink(Map<String, LoadAsset> assets) {
    lines =
        assets.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> new Line(entry.getValue())));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void append(Sample sample, AppendCallback callback) {
    long now = System.nanoTime();
    Line line = lines.get(sample.asset());
    if (line != null) {
      synchronized (line) {
        look(line, sample, now);
      }
    }
    callback.accepted(accepted.incrementAndGet());
  }

  private void look(Line line, Sample sample, long now) {
    double number = number(sample, EightRoles.NAMES.get(0));
    if (number != line.next % LoadAsset.CYCLE) {
      lost.incrementAndGet();
      line.next = (long) number;
    }
    line.delays.add(now - line.asset.readAt(line.next));
    line.next++;
    double score = number(sample, EightRoles.SCORE);
    if (sample.lineage().size() != 1 || Double.isNaN(score)) {
      unscored.incrementAndGet();
      return;
    }
    String version = sample.lineage().get(0).version();
    if (!version.equals(line.version)) {
      line.version = version;
      line.major = Integer.parseInt(version.substring(0, version.indexOf('.')));
      line.changes++;
    }
    if (score != number + EightRoles.COUNT - 1 + line.major) {
      mixed.incrementAndGet();
    }
    Awaited present = awaited;
    if (line.counted != present && version.equals(present.version)) {
      line.counted = present;
      present.lines.countDown();
    }
  }

  private static double number(Sample sample, String channel) {
    for (Reading reading : sample.readings()) {
      if (reading.channel().equals(channel)
          && reading instanceof Reading.Measured measured
          && measured.value().getValue() instanceof Number number) {
        return number.doubleValue();
      }
    }
    return Double.NaN;
  }

  /** Counts down once for each asset whose samples this version scores. */
  CountDownLatch expect(String version) {
    Awaited next = new Awaited(version, new CountDownLatch(lines.size()));
    awaited = next;
    return next.lines;
  }

  /** What took how long since the last call. */
  Delays takeDelays() {
    Delays all = new Delays();
    for (Line line : lines.values()) {
      synchronized (line) {
        all.add(line.delays);
        line.delays.clear();
      }
    }
    return all;
  }

  /** Samples that were read and did not come, or came twice or out of order; the routes rest. */
  long lost() {
    long missing = 0;
    for (Line line : lines.values()) {
      synchronized (line) {
        missing += Math.abs(line.asset.reads() - line.next);
      }
    }
    return lost.get() + missing;
  }

  long unscored() {
    return unscored.get();
  }

  long mixed() {
    return mixed.get();
  }

  /** Lines on which a version came back, was left out, or served in two stretches. */
  long linesWithoutChanges(long expected) {
    return lines.values().stream().filter(line -> line.changes != expected).count();
  }

  long accepted() {
    return accepted.get();
  }

  @Override
  public Outlet open(Runnable wakeup) {
    throw new IllegalStateException("nothing drains this stream");
  }

  @Override
  public StreamLedger ledger() {
    throw new IllegalStateException("nobody asks");
  }
}
