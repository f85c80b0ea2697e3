// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.slot;

import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import io.kete.model.api.Binding;
import io.kete.model.runtime.gate.Admission;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A proved version that scores beside the one that serves; its scores are compared and thrown away.
 * It has windows of its own, so the serving version notices nothing.
 */
final class Shadow {

  /** One sample of so many may be without a score that the serving version has. */
  private static final int FAILED_SHARE = 16;

  private static final double MILLIS_PER_MINUTE = 60_000;

  /** What came out; a refusal when it is not empty. */
  record Verdict(String refusal) {}

  private final Serving version;
  private final Admission.Proved proved;
  private final String slot;
  private final Guards guards;
  private final LongSupplier clock;
  private final Runnable done;
  private final long begin;
  private final Map<Binding, Assembly> assemblies = new HashMap<>();
  private long samples;
  private long failed;
  private long compared;
  private double sum;
  private double largest;
  private Optional<Verdict> verdict = Optional.empty();

  Shadow(
      Serving version,
      Admission.Proved proved,
      SlotSettings settings,
      LongSupplier clock,
      Runnable done) {
    this.version = version;
    this.proved = proved;
    this.slot = settings.slot();
    this.guards = settings.guards();
    this.clock = clock;
    this.done = done;
    this.begin = clock.getAsLong();
  }

  Serving version() {
    return version;
  }

  Admission.Proved proved() {
    return proved;
  }

  synchronized Optional<Verdict> verdict() {
    return verdict;
  }

  /** Scores what the serving version has scored, and compares. */
  void compare(Binding binding, List<Sample> given, List<Sample> scored) {
    if (verdict().isPresent() || !version.acquire()) {
      return;
    }
    try {
      compareLeased(binding, given, scored);
    } finally {
      version.release();
    }
  }

  private synchronized void compareLeased(
      Binding binding, List<Sample> given, List<Sample> scored) {
    Assembly assembly =
        assemblies.computeIfAbsent(binding, key -> new Assembly(slot, key, new Window()));
    List<Sample> own = assembly.score(given, version);
    for (int i = 0; i < own.size(); i++) {
      compare(scored.get(i), own.get(i));
    }
    boolean enough = guards.shadowSamples() > 0 && samples >= guards.shadowSamples();
    boolean late =
        guards.shadowMinutes() > 0
            && clock.getAsLong() - begin >= guards.shadowMinutes() * MILLIS_PER_MINUTE;
    if (verdict.isEmpty() && (enough || late)) {
      end(new Verdict(judge()));
    }
  }

  /** A score counts when the serving version has one: while a window fills, neither is at fault. */
  private void compare(Sample scored, Sample own) {
    boolean missing = false;
    for (Reading reading : scored.readings()) {
      if (reading instanceof Reading.Measured present && isScore(present.channel(), own)) {
        Reading other = find(own, present.channel());
        if (other instanceof Reading.Measured measured) {
          add(present, measured);
        } else {
          missing |= other instanceof Reading.Failed f && !f.reason().startsWith(Assembly.FILLING);
        }
      }
    }
    samples++;
    failed += missing ? 1 : 0;
  }

  private static boolean isScore(String channel, Sample own) {
    return !own.lineage().isEmpty()
        && own.lineage().get(own.lineage().size() - 1).outputs().contains(channel);
  }

  private static @Nullable Reading find(Sample sample, String channel) {
    for (Reading reading : sample.readings()) {
      if (reading.channel().equals(channel)) {
        return reading;
      }
    }
    return null;
  }

  private void add(Reading.Measured one, Reading.Measured other) {
    if (one.value().getValue() instanceof Number a
        && other.value().getValue() instanceof Number b) {
      double difference = Math.abs(a.doubleValue() - b.doubleValue());
      sum += difference;
      largest = Math.max(largest, difference);
      compared++;
    }
  }

  private double mean() {
    return compared == 0 ? 0 : sum / compared;
  }

  private String judge() {
    if (failed > samples / FAILED_SHARE) {
      return "in the shadow " + failed + " of " + samples + " samples got no score";
    }
    if (guards.shadowDifference() > 0 && mean() > guards.shadowDifference()) {
      return "in the shadow its scores differed by "
          + (float) mean()
          + " on average, shadow.difference allows "
          + (float) guards.shadowDifference();
    }
    return "";
  }

  /** The version scores badly by itself. */
  synchronized void fail(String problem) {
    if (verdict.isEmpty()) {
      end(new Verdict("in the shadow " + problem));
    }
  }

  private void end(Verdict reached) {
    verdict = Optional.of(reached);
    done.run();
  }

  /** How far it has come, for the status. */
  synchronized Map<String, Object> facts() {
    return Map.of(
        "version",
        version.descriptor().version(),
        "samples",
        samples,
        "of",
        (long) guards.shadowSamples(),
        "failed",
        failed,
        "meanDifference",
        mean(),
        "largestDifference",
        largest);
  }
}
