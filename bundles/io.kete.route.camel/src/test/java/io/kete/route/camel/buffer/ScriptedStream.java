// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.buffer;

import io.kete.buffer.api.AppendCallback;
import io.kete.buffer.api.Outlet;
import io.kete.buffer.api.Refusal;
import io.kete.buffer.api.Stream;
import io.kete.buffer.api.StreamLedger;
import io.kete.data.api.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A stream in memory: a test answers by hand, or a thread of the stream answers as a group commit
 * does.
 */
public final class ScriptedStream implements Stream, AutoCloseable {
  private record Waiting(Sample sample, AppendCallback callback) {}

  private final BlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>();
  private final List<Sample> stored = new ArrayList<>();
  private volatile Function<Sample, Refusal.@Nullable Cause> judge = sample -> null;
  private volatile @Nullable Thread committer;

  /** Answers from a thread of its own from now on. */
  public ScriptedStream committing() {
    Thread thread = new Thread(this::commitAll, "test-commit");
    thread.setDaemon(true);
    committer = thread;
    thread.start();
    return this;
  }

  /** Decides which samples are refused, and why. */
  public void judge(Function<Sample, Refusal.@Nullable Cause> newJudge) {
    judge = newJudge;
  }

  private void commitAll() {
    try {
      while (true) {
        answer(waiting.take());
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Answers what waits now; gives how many there were. */
  public int commit() {
    List<Waiting> group = new ArrayList<>();
    waiting.drainTo(group);
    group.forEach(this::answer);
    return group.size();
  }

  private void answer(Waiting next) {
    Refusal.Cause cause = judge.apply(next.sample());
    if (cause != null) {
      next.callback().refused(new Refusal(cause, "as the test wants it"));
      return;
    }
    long seq;
    synchronized (stored) {
      stored.add(next.sample());
      seq = stored.size();
    }
    next.callback().accepted(seq);
  }

  public int waiting() {
    return waiting.size();
  }

  public List<Sample> stored() {
    synchronized (stored) {
      return List.copyOf(stored);
    }
  }

  @Override
  public String name() {
    return "telemetry";
  }

  @Override
  public void append(Sample sample, AppendCallback callback) {
    waiting.add(new Waiting(sample, callback));
  }

  @Override
  public Outlet open(Runnable wakeup) {
    throw new UnsupportedOperationException("a route never drains");
  }

  @Override
  public StreamLedger ledger() {
    int count = stored().size();
    return new StreamLedger(count, 0, count, Map.of(), 0);
  }

  @Override
  public void close() {
    Thread running = committer;
    if (running != null) {
      running.interrupt();
    }
  }
}
