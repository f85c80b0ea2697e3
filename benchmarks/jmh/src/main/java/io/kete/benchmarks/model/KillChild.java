// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.model;

import io.kete.data.api.Sample;
import io.kete.model.api.Binding;
import io.kete.model.api.Scorer;
import io.kete.model.runtime.slot.Guards;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A gateway in a process of its own that is killed while a model comes in. Does what a line of its
 * input says and answers each with a line: {@code probe} scores a sample at once, whatever else is
 * going on; an operation ends when the version serves that has to.
 */
final class KillChild {

  /** Samples in the shadow; then a version serves. */
  private static final Guards GUARDS = Guards.of("kill", 64, 0, 0, 24, 0);

  private static final int BLOCK = 256;
  private static final int MOST_TURNS = 40;
  private static final String READY = "READY";

  private final Station station;
  private final Scorer scorer;
  private final Scorer other;

  private KillChild(Path folder) throws Exception {
    station = new Station(folder.resolve("data"), folder.resolve("anchors"), Map.of(), GUARDS);
    scorer = station.open();
    other = station.slot().open(new Binding("probe", Station.BINDING.channels(), ""));
  }

  /**
   * Runs until the input ends.
   *
   * @param arguments working folder
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    KillChild child = new KillChild(folder);
    child.say(READY);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    ExecutorService work = Executors.newSingleThreadExecutor();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String word = line;
      if (word.equals("probe")) {
        child.say("PROBE");
      } else {
        var unused = CompletableFuture.runAsync(() -> child.carryOut(word), work);
      }
    }
    System.exit(0);
  }

  /** An event, the version the status tells, and the one that scores. */
  private void say(String event) {
    Sample scored = other.score(List.of(Station.sample(20, 30))).get(0);
    String by = scored.lineage().isEmpty() ? "none" : scored.lineage().get(0).version();
    boolean whole =
        by.matches("[12]\\.0\\.0")
            && ModelZoo.isScored(scored, by, 50 + Integer.parseInt(by.substring(0, 1)));
    System.out.println(event + " " + station.version() + " " + (whole ? by : "unscored"));
  }

  private void carryOut(String word) {
    try {
      switch (word) {
        case "first" -> turns(() -> station.version().equals("1.0.0"), false);
        case "update" -> turns(() -> station.version().equals("2.0.0"), false);
        case "return" ->
            turns(() -> station.slot().state().lastRefusal().startsWith("2.0.0"), true);
        default -> throw new IllegalArgumentException(word);
      }
      say("DONE");
    } catch (Exception e) {
      // border of the command: the process that started this one waits for a word
      System.out.println("BROKEN " + e);
    }
  }

  /** A state that is to be reached. */
  @FunctionalInterface
  private interface Goal {
    boolean isReached();
  }

  /** Looks into the folder and scores, then scores through the probation. */
  private void turns(Goal goal, boolean bad) throws Exception {
    int turn = 0;
    while (!goal.isReached()) {
      turn++;
      if (turn > MOST_TURNS) {
        throw new IllegalStateException(
            "serves " + station.version() + ", " + station.slot().state());
      }
      station.look();
      boolean worse = bad && station.version().equals("2.0.0");
      score(worse ? Station.sample(200, 300) : Station.sample(20, 30));
    }
    score(Station.sample(20, 30));
    score(Station.sample(20, 30));
  }

  private void score(Sample sample) throws Exception {
    scorer.score(Collections.nCopies(BLOCK, sample));
    station.settle();
  }
}
