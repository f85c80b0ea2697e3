// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.slot;

import io.kete.model.api.Binding;
import io.kete.model.api.ModelEngine;
import io.kete.model.runtime.content.Candidate;
import io.kete.model.runtime.gate.Admission;
import io.kete.model.runtime.gate.Stage;
import io.kete.model.runtime.store.SlotRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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
    WAITS,
    REFUSED
  }

  private static final Logger logger = LoggerFactory.getLogger(Election.class);

  private final String slot;
  private final Parts parts;
  private final Journal journal;
  private final Seat seat;
  private final Map<String, String> problems = new ConcurrentHashMap<>();
  private SlotRecord record;
  private boolean restored;

  /** What has to be surpassed; empty as long as nothing served. */
  private Optional<Candidate> floor = Optional.empty();

  private volatile boolean awaitsBinding;

  Election(String slot, Parts parts, Journal journal, Seat seat) {
    this.slot = slot;
    this.parts = parts;
    this.journal = journal;
    this.seat = seat;
    this.record = parts.memory().read(slot);
  }

  List<String> problems() {
    return List.copyOf(problems.values());
  }

  boolean awaitsBinding() {
    return awaitsBinding;
  }

  /** What served was taken away on purpose, and nothing is to come back by itself. */
  void forget() {
    floor = Optional.empty();
    restored = true;
    remember(record.empty());
  }

  void hold(SlotSettings settings, Optional<Serving> serving, List<Binding> bindings) {
    problems.remove("waits");
    problems.remove("refused");
    awaitsBinding = false;
    if (!restored) {
      restore(settings);
    } else {
      serving.ifPresent(this::reload);
    }
    if (parts.catalogue().isSettled()) {
      choose(settings, bindings);
    }
    if (floor.isEmpty() || !restored) {
      problems.putIfAbsent(
          "waits", "slot " + slot + " has no model " + settings.model() + "; install one");
    }
  }

  private void restore(SlotSettings settings) {
    List<String> digests = record.wanted().toList();
    for (String digest : digests) {
      Optional<Candidate> kept =
          parts.memory().find(digest).filter(c -> c.descriptor().name().equals(settings.model()));
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
        serve(again, proved, "engine replaced");
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
    List<Candidate> installed = new ArrayList<>(parts.catalogue().of(settings.model()));
    installed.sort(Comparator.comparing(Candidate::version).reversed());
    for (Candidate candidate : installed) {
      if (isSeated(candidate)) {
        return;
      }
      Optional<String> objection = floor.flatMap(present -> objection(candidate, present));
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
    return floor.filter(present -> present.digest().equals(candidate.digest())).isPresent();
  }

  /** Why the candidate must not follow the one that serves, if so. */
  static Optional<String> objection(Candidate candidate, Candidate present) {
    int order = candidate.version().compareTo(present.version());
    if (order > 0 || candidate.digest().equals(present.digest())) {
      return Optional.empty();
    }
    return Optional.of(
        order < 0
            ? "older than "
                + present.version()
                + ", which serves; set pin to "
                + candidate.version()
                + " to go back"
            : "version "
                + candidate.version()
                + " serves with other bytes; give these a new version");
  }

  private void choosePinned(SlotSettings settings, Version pin, List<Binding> bindings) {
    Optional<Candidate> pinned =
        Stream.of(
                floor.stream(),
                parts.catalogue().of(settings.model()).stream(),
                record.wanted().flatMap(digest -> parts.memory().find(digest).stream()))
            .flatMap(candidates -> candidates)
            .filter(candidate -> candidate.descriptor().name().equals(settings.model()))
            .filter(candidate -> candidate.version().equals(pin))
            .findFirst();
    if (pinned.isEmpty()) {
      problems.put(
          "refused",
          "slot " + slot + " is pinned to " + pin + ", which is neither installed nor kept");
    } else if (!isSeated(pinned.get())) {
      consider(pinned.get(), bindings);
    }
  }

  private Outcome consider(Candidate candidate, List<Binding> bindings) {
    String known = record.refused().get(candidate.digest());
    if (known != null) {
      journal.recall(candidate.identity(), known);
      problem(candidate, known);
      return Outcome.REFUSED;
    }
    Optional<String> unbound =
        bindings.stream()
            .map(binding -> Plan.unbound(candidate.descriptor(), binding))
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
    remember(record.tryOut(candidate.digest()));
    if (record.isDeadly(candidate.digest())) {
      return refuse(
          candidate, "the gateway ended " + SlotRecord.MAX_ATTEMPTS + " times while loading it");
    }
    Consumer<Stage> progress = stage -> journal.note(candidate.identity(), stage, "");
    Admission admission =
        kept ? parts.gate().readmit(candidate, progress) : parts.gate().admit(candidate, progress);
    if (admission instanceof Admission.Proved proved) {
      serve(candidate, proved, reason);
      return Outcome.SERVES;
    }
    if (admission instanceof Admission.Refused refused) {
      if (refused.lasting()) {
        return refuse(candidate, refused.reason());
      }
      remember(record.tried(candidate.digest()));
      reject(candidate, refused.reason());
      return Outcome.REFUSED;
    }
    remember(record.tried(candidate.digest()));
    String awaited = ((Admission.Waits) admission).reason();
    problems.put(
        "waits", "slot " + slot + " cannot use " + candidate.version() + " yet: " + awaited);
    return Outcome.WAITS;
  }

  private void serve(Candidate candidate, Admission.Proved proved, String reason) {
    Serving next = new Serving(candidate, proved.engine(), proved.model(), parts.executor());
    // on the medium before the first score, so that a restart cannot go back behind it
    record = record.serve(candidate.digest());
    try {
      parts.memory().write(slot, record, proved.files());
      problems.remove("memory");
    } catch (IOException e) {
      notRemembered(e);
    }
    problems.remove("refused");
    floor = Optional.of(candidate);
    restored = true;
    seat.swap(next, reason);
  }

  private Outcome refuse(Candidate candidate, String reason) {
    remember(record.refuse(candidate.digest(), reason));
    reject(candidate, reason);
    return Outcome.REFUSED;
  }

  private void reject(Candidate candidate, String reason) {
    journal.note(candidate.identity(), Stage.REJECTED, reason);
    problem(candidate, reason);
  }

  private void problem(Candidate candidate, String reason) {
    String serves =
        floor.map(present -> present.version() + " serves on").orElse("there is no other");
    problems.putIfAbsent(
        "refused",
        "model "
            + candidate.descriptor().name()
            + " "
            + candidate.version()
            + " was refused: "
            + reason
            + "; "
            + serves);
  }

  private void remember(SlotRecord changed) {
    record = changed;
    try {
      parts.memory().write(slot, changed);
      problems.remove("memory");
    } catch (IOException e) {
      notRemembered(e);
    }
  }

  private void notRemembered(IOException cause) {
    logger.error("slot_not_remembered slot={} reason={}", slot, cause.getMessage());
    problems.put(
        "memory",
        "slot "
            + slot
            + " cannot write down what serves; make space and check the disk, or a restart goes back");
  }
}
