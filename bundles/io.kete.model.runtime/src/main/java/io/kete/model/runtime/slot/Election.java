// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.slot;

import io.kete.model.api.Binding;
import io.kete.model.api.ModelEngine;
import io.kete.model.runtime.content.Candidate;
import io.kete.model.runtime.gate.Admission;
import io.kete.model.runtime.gate.Stage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which version serves: the pinned one, else the newest installed one that passes the gate,
 * never an older one than serves. Begins with what served before the last restart. For the slot's
 * thread only, but for what status asks.
 */
final class Election {

  /** Puts a version in place. */
  @FunctionalInterface
  interface Seat {
    void swap(@Nullable Serving next, String reason);
  }

  private enum Outcome {
    SERVES,
    SHADOWS,
    WAITS,
    REFUSED
  }

  private static final Logger logger = LoggerFactory.getLogger(Election.class);

  private final String slot;
  private final Parts parts;
  private final Journal journal;
  private final Seat seat;
  private final BiConsumer<Serving, String> verdict;
  private final Runnable noticed;
  private final Complaints complaints;
  private final Notebook notes;
  private final Versions versions;
  private final Latecomers latecomers = new Latecomers();
  private boolean restored;

  /** What has to be surpassed; empty as long as nothing served. */
  private Optional<Candidate> floor = Optional.empty();

  private long since;
  private @Nullable Serving present;
  private SlotSettings settings;
  private volatile @Nullable Shadow shadow;
  private volatile boolean awaitsBinding;

  Election(
      SlotSettings settings,
      Parts parts,
      Journal journal,
      Seat seat,
      BiConsumer<Serving, String> verdict,
      Runnable noticed) {
    this.settings = settings;
    this.slot = settings.slot();
    this.parts = parts;
    this.journal = journal;
    this.seat = seat;
    this.verdict = verdict;
    this.noticed = noticed;
    this.notes = new Notebook(slot, parts.memory());
    this.versions = new Versions(parts);
    this.complaints = new Complaints(slot);
  }

  List<String> problems() {
    List<String> all = complaints.all();
    if (!notes.problem().isEmpty()) {
      all.add(notes.problem());
    }
    return all;
  }

  /** What was installed while the gateway ran; to be added to by any thread. */
  Latecomers latecomers() {
    return latecomers;
  }

  boolean awaitsBinding() {
    return awaitsBinding;
  }

  /** What is being compared, if anything. */
  @Nullable Shadow shadow() {
    return shadow;
  }

  /** What served was taken away on purpose, and nothing is to come back by itself. */
  void forget() {
    floor = Optional.empty();
    dropShadow();
    restored = true;
    notes.write(notes.record().empty());
  }

  void hold(SlotSettings settings, Optional<Serving> serving, List<Binding> bindings) {
    this.settings = settings;
    present = serving.orElse(null);
    complaints.begin();
    awaitsBinding = false;
    if (!restored) {
      restore(settings);
    } else {
      serving.ifPresent(this::reload);
    }
    endShadow();
    if (present != null && settings.leavesOut(present.candidate().version())) {
      rollBack(present.candidate(), bindings);
    }
    if (parts.catalogue().isSettled()) {
      choose(settings, bindings);
      latecomers.outrun(this::isOutrun).forEach(late -> reject(late, objection(late)));
    }
    if (floor.isEmpty() || !restored) {
      complaints.empty(settings.model());
    }
  }

  private void restore(SlotSettings settings) {
    for (String digest : notes.record().wanted().toList()) {
      Optional<Candidate> kept = versions.kept(Stream.of(digest), settings.model()).findFirst();
      if (kept.isPresent()) {
        floor = floor.or(() -> kept);
        Outcome outcome = seat(kept.get(), true, "restored");
        if (outcome != Outcome.REFUSED) {
          restored = outcome == Outcome.SERVES;
          return;
        }
        floor = Optional.empty();
      }
    }
    restored = true;
  }

  /** After the bundle of the engine was replaced its session is made anew by the new one. */
  private void reload(Serving serving) {
    Optional<ModelEngine> engine = parts.surroundings().engine(serving.descriptor().engine());
    if (engine.isPresent() && !serving.isLoadedBy(engine.get())) {
      Candidate again = parts.memory().find(serving.digest()).orElse(serving.candidate());
      Admission admission = parts.gate().readmit(again, stage -> {});
      if (admission instanceof Admission.Proved proved) {
        proved(again, proved, true, "engine replaced");
      } else {
        logger.warn("model_not_reloaded slot={} outcome={}", slot, admission);
      }
    }
  }

  private void choose(SlotSettings settings, List<Binding> bindings) {
    if (settings.pin().isPresent()) {
      choosePinned(settings, settings.pin().get(), bindings);
      return;
    }
    List<Candidate> installed = versions.eligible(settings);
    for (Candidate candidate : installed) {
      if (isSeated(candidate) || isShadowed(candidate)) {
        return;
      }
      Optional<String> objection = floor.flatMap(candidate::objectionTo);
      if (objection.isPresent()) {
        boolean servingIsInstalled = installed.stream().anyMatch(this::isSeated);
        if (!servingIsInstalled) {
          reject(candidate, objection.get());
        }
        return;
      }
      if (consider(candidate, bindings) != Outcome.REFUSED) {
        return;
      }
    }
  }

  private boolean isSeated(Candidate candidate) {
    return floor.filter(seated -> seated.digest().equals(candidate.digest())).isPresent();
  }

  /** Whether it came too late to serve; empty when it is not waiting any more. */
  private Optional<Boolean> isOutrun(Candidate late) {
    if (isSeated(late) || !versions.isInstalled(late)) {
      return Optional.empty();
    }
    boolean judged = notes.record().refused().containsKey(late.digest());
    boolean named = settings.isPinned(late.version());
    // a slot beside this one may have been waiting for it
    boolean unwanted = parts.catalogue().objection(late).isPresent();
    return Optional.of(!judged && !named && unwanted && !objection(late).isEmpty());
  }

  private String objection(Candidate candidate) {
    return floor.flatMap(candidate::objectionTo).orElse("");
  }

  private boolean isShadowed(Candidate candidate) {
    Shadow now = shadow;
    return now != null && now.version().digest().equals(candidate.digest());
  }

  /** What was compared serves, is refused, or is dropped because it is not wanted any more. */
  private void endShadow() {
    Shadow now = shadow;
    if (now == null) {
      return;
    }
    Candidate candidate = now.version().candidate();
    Optional<Shadow.Verdict> reached = now.verdict();
    boolean asked = settings.asksFor(candidate.version());
    if (!versions.isInstalled(candidate) || settings.leavesOut(candidate.version())) {
      dropShadow();
    } else if (asked || present == null || reached.isPresent()) {
      String refusal = asked ? "" : reached.map(Shadow.Verdict::refusal).orElse("");
      shadow = null;
      if (refusal.isEmpty()) {
        serve(now.version(), now.proved(), reached.isPresent() ? "compared" : "promoted");
      } else {
        now.version().retire();
        refuse(candidate, refusal);
      }
    }
  }

  /** Nothing is compared any more. */
  void dropShadow() {
    Shadow now = shadow;
    shadow = null;
    if (now != null) {
      now.version().retire();
    }
  }

  /** A version scored a block of rows; what is wrong with it, or empty. */
  void judged(Serving version, String problem) {
    if (problem.isEmpty()) {
      complaints.scoresWell();
      if (notes.record().attempts().containsKey(version.digest())) {
        notes.write(notes.record().tried(version.digest()));
      }
      return;
    }
    Candidate candidate = version.candidate();
    complaints.scoresBadly(candidate, problem);
    long hours = settings.guards().probationHours();
    boolean onProbation = parts.clock().getAsLong() - since < TimeUnit.HOURS.toMillis(hours);
    if (onProbation && !settings.isPinned(candidate.version())) {
      goBack(candidate, problem);
    }
  }

  /** To the last version that served well; when there is none, a bad one is better than none. */
  private void goBack(Candidate fallen, String problem) {
    boolean back =
        versions
            .kept(notes.record().previous().stream(), settings.model())
            .filter(before -> !settings.leavesOut(before.version()))
            .anyMatch(before -> serves(before, "returned from " + fallen.version()));
    if (back) {
      complaints.scoresWell();
      refuse(fallen, problem);
    }
  }

  /** To an older version, because the configuration says so; nothing is held against this one. */
  private void rollBack(Candidate left, List<Binding> bindings) {
    boolean back =
        versions
            .kept(notes.record().previous().stream(), settings.model())
            .filter(before -> mayFollow(left, before))
            .anyMatch(before -> serves(before, "rolled back from " + left.version()));
    for (Candidate before : back ? List.<Candidate>of() : versions.eligible(settings)) {
      back |= !back && mayFollow(left, before) && consider(before, bindings) == Outcome.SERVES;
    }
    if (!back) {
      complaints.stays(left);
    }
  }

  private boolean mayFollow(Candidate left, Candidate before) {
    return before.version().compareTo(left.version()) < 0 && !settings.leavesOut(before.version());
  }

  private boolean serves(Candidate before, String reason) {
    return seat(before, true, reason) == Outcome.SERVES;
  }

  private void choosePinned(SlotSettings settings, Version pin, List<Binding> bindings) {
    Optional<Candidate> pinned =
        versions.find(pin, settings.model(), floor, notes.record().wanted());
    if (pinned.isEmpty()) {
      complaints.pinnedToNothing(pin);
    } else if (!isSeated(pinned.get())) {
      consider(pinned.get(), bindings);
    }
  }

  private Outcome consider(Candidate candidate, List<Binding> bindings) {
    String known = notes.record().refused().get(candidate.digest());
    if (known != null) {
      journal.recall(candidate.identity(), known);
      complaints.refused(candidate, known, floor);
      return Outcome.REFUSED;
    }
    Optional<String> unbound =
        bindings.stream()
            .map(binding -> Wiring.unbound(candidate.descriptor(), binding))
            .filter(problem -> !problem.isEmpty())
            .findFirst();
    if (unbound.isPresent()) {
      awaitsBinding = true;
      reject(candidate, unbound.get());
      return Outcome.REFUSED;
    }
    return seat(candidate, false, "");
  }

  private Outcome seat(Candidate candidate, boolean kept, String reason) {
    int patience = notes.patience(kept);
    notes.write(notes.record().tryOut(candidate.digest()));
    boolean only = kept && notes.record().wanted().count() == 1;
    if (notes.record().deaths(candidate.digest()) >= patience && !only) {
      return refuse(candidate, notes.record().blame(candidate.digest()));
    }
    Consumer<Stage> progress = stage -> journal.note(candidate.identity(), stage, "");
    Admission admission =
        kept ? parts.gate().readmit(candidate, progress) : parts.gate().admit(candidate, progress);
    if (admission instanceof Admission.Proved proved) {
      return proved(candidate, proved, kept, reason);
    }
    if (admission instanceof Admission.Refused refused) {
      if (refused.lasting()) {
        return refuse(candidate, refused.reason());
      }
      notes.write(notes.record().tried(candidate.digest()));
      reject(candidate, refused.reason());
      return Outcome.REFUSED;
    }
    notes.write(notes.record().tried(candidate.digest()));
    complaints.waits(candidate, ((Admission.Waits) admission).reason());
    return Outcome.WAITS;
  }

  private Outcome proved(
      Candidate candidate, Admission.Proved proved, boolean kept, String reason) {
    Serving next = new Serving(candidate, proved.engine(), proved.model(), parts, verdict);
    Guards guards = settings.guards();
    boolean shadows = guards.shadowSamples() + guards.shadowMinutes() > 0;
    if (kept || !shadows || settings.asksFor(candidate.version()) || isVacating()) {
      serve(next, proved, reason);
      return Outcome.SERVES;
    }
    notes.write(notes.record().tried(candidate.digest()));
    dropShadow();
    journal.note(candidate.identity(), Stage.SHADOW, "");
    shadow = new Shadow(next, proved, settings, parts.clock(), noticed);
    return Outcome.SHADOWS;
  }

  /** Nothing serves, or what is not to serve: there is nothing to be compared with. */
  private boolean isVacating() {
    Serving now = present;
    return now == null || settings.leavesOut(now.candidate().version());
  }

  private void serve(Serving next, Admission.Proved proved, String reason) {
    Candidate candidate = next.candidate();
    // on the medium before the first score, so that a restart cannot go back behind it
    notes.write(notes.record().serve(candidate.digest()), proved.files());
    complaints.accepted();
    floor = Optional.of(candidate);
    restored = true;
    since = parts.clock().getAsLong();
    present = next;
    seat.swap(next, reason);
  }

  private Outcome refuse(Candidate candidate, String reason) {
    notes.write(notes.record().refuse(candidate.digest(), reason));
    reject(candidate, reason);
    return Outcome.REFUSED;
  }

  private void reject(Candidate candidate, String reason) {
    journal.note(candidate.identity(), Stage.REJECTED, reason);
    complaints.refused(candidate, reason, floor);
  }
}
