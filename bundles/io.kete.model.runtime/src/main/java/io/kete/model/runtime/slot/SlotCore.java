// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.slot;

import io.kete.data.api.Status;
import io.kete.data.api.StatusSource;
import io.kete.model.api.Binding;
import io.kete.model.api.ModelSlot;
import io.kete.model.api.Scorer;
import io.kete.model.api.SlotState;
import io.kete.model.runtime.content.Candidate;
import io.kete.model.runtime.gate.Stage;
import io.kete.model.runtime.install.Catalogue;
import io.kete.model.runtime.install.Installed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One slot. Which version serves is one reference; it is changed only by the slot's own thread,
 * after everything that can fail has succeeded. Whoever notices a change only leaves a note.
 */
public final class SlotCore implements ModelSlot, StatusSource, Catalogue.Listener, AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(SlotCore.class);

  private final AtomicReference<@Nullable Serving> serving = new AtomicReference<>();
  private final LongAdder swaps = new LongAdder();
  private final Parts parts;
  private final Journal journal;
  private final Election election;
  private final Windows windows = new Windows();
  private final Set<SlotScorer> scorers = ConcurrentHashMap.newKeySet();
  private final List<Runnable> watches = new CopyOnWriteArrayList<>();
  private final Queue<Installed> uninstalled = new ConcurrentLinkedQueue<>();
  private final AtomicInteger notes = new AtomicInteger();
  private final Counts counts = new Counts();
  private volatile SlotState state = new SlotState(Optional.empty(), "");
  private volatile SlotSettings settings;
  private volatile @Nullable Report report;
  private final Vacancy vacancy = new Vacancy();
  private volatile boolean closed;

  /** What the last block of rows said of a version. */
  private record Report(Serving version, String problem) {}

  /** An empty slot; {@link #start} looks for a model. */
  public SlotCore(SlotSettings settings, Parts parts) {
    this.settings = settings;
    this.parts = parts;
    this.journal = new Journal(settings.slot(), parts.upstream(), parts.clock());
    this.election = new Election(settings, parts, journal, this::swap, this::judged, this::changed);
  }

  /** Begins to follow the catalogue. */
  public void start() {
    parts.catalogue().add(this);
    changed();
  }

  /** Takes over what can change while the slot runs. */
  public void configure(SlotSettings changed) {
    settings = changed;
    changed();
  }

  @Override
  public String name() {
    return settings.slot();
  }

  @Override
  public String model() {
    return settings.model();
  }

  @Override
  public void changed() {
    if (!closed && notes.getAndIncrement() == 0) {
      parts.executor().execute(this::work);
    }
  }

  @Override
  public void arrived(Candidate candidate) {
    if (candidate.descriptor().name().equals(settings.model())) {
      election.latecomers().add(candidate);
    }
  }

  @Override
  public void uninstalled(Installed gone) {
    if (gone.model().equals(settings.model())) {
      uninstalled.add(gone);
      changed();
    }
  }

  @Override
  public void unusable(Installed broken) {
    String model = broken.model().isEmpty() ? broken.bundle() : broken.model();
    journal.note(
        new SlotState.Identity(model, broken.version(), ""), Stage.REJECTED, broken.reason());
    publish();
  }

  @Override
  public void refused(SlotState.Identity model, String reason) {
    journal.note(model, Stage.REJECTED, reason);
    publish();
  }

  @Override
  public Optional<String> objection(Candidate candidate) {
    SlotSettings now = settings;
    String known = parts.memory().read(now.slot()).refused().get(candidate.digest());
    if (known != null) {
      return Optional.of(known);
    }
    for (SlotScorer scorer : scorers) {
      String unbound = Wiring.unbound(candidate.descriptor(), scorer.binding());
      if (!unbound.isEmpty()) {
        return Optional.of(unbound);
      }
    }
    boolean pinned = now.pin().filter(candidate.version()::equals).isPresent();
    Serving present = serving.get();
    return pinned || present == null
        ? Optional.empty()
        : candidate.objectionTo(present.candidate());
  }

  /** Called by whoever scores, so it only leaves a note, and only when something is new. */
  private void judged(Serving version, String problem) {
    Shadow shadow = election.shadow();
    if (shadow != null && shadow.version() == version) {
      if (!problem.isEmpty()) {
        shadow.fail(problem);
      }
      return;
    }
    Report before = report;
    boolean known =
        before != null
            && before.version() == version
            && before.problem().isEmpty() == problem.isEmpty();
    if (!known) {
      report = new Report(version, problem);
      changed();
    }
  }

  private void work() {
    int read = 1;
    do {
      try {
        step();
      } catch (RuntimeException broken) {
        // Border of the queued task: nobody waits for its outcome, so it must be told here.
        logger.error("slot_broke slot={}", name(), broken);
      }
      read = notes.addAndGet(-read);
    } while (read != 0 && !closed);
  }

  private void step() {
    SlotSettings now = settings;
    for (Installed gone = uninstalled.poll(); gone != null; gone = uninstalled.poll()) {
      takeAway(gone, now);
    }
    List<Binding> bindings = scorers.stream().map(SlotScorer::binding).toList();
    election.hold(now, Optional.ofNullable(serving.get()), bindings);
    Report said = report;
    if (said != null && said.version() == serving.get()) {
      election.judged(said.version(), said.problem());
    }
    publish();
  }

  private void takeAway(Installed gone, SlotSettings now) {
    Serving present = serving.get();
    boolean last = !parts.catalogue().has(now.model());
    boolean own =
        present != null
            && gone.candidate().filter(c -> c.digest().equals(present.digest())).isPresent()
            && parts.catalogue().of(now.model()).stream()
                .noneMatch(c -> c.digest().equals(present.digest()));
    if (last || own) {
      election.forget();
      swap(null, "uninstalled");
    }
  }

  /** The one place where the version changes. */
  private void swap(@Nullable Serving next, String reason) {
    Serving before = serving.getAndSet(next);
    if (next != null) {
      journal.note(next.identity(), Stage.ACTIVE, reason);
    }
    if (before != null) {
      boolean same = next != null && next.digest().equals(before.digest());
      if (!same) {
        journal.note(before.identity(), Stage.RETIRED, next == null ? reason : "");
        swaps.add(next == null ? 0 : 1);
      }
      before.retire();
    }
    publish();
    vacancy.changed(next == null);
    watches.forEach(Runnable::run);
  }

  private synchronized void publish() {
    Optional<Serving> present = Optional.ofNullable(serving.get());
    state = new SlotState(present.map(Serving::identity), journal.lastRefusal());
  }

  /** The version that serves now, leased; null when there is none. */
  @Nullable Serving lease() {
    @Nullable Serving present = serving.get();
    while (present != null && !present.acquire()) {
      present = serving.get();
    }
    return present;
  }

  /** As {@link #lease}, but waits as the settings say while nothing serves yet. */
  @Nullable Serving leaseOrWait() {
    @Nullable Serving leased = lease();
    long seconds = settings.guards().waitSeconds();
    while (leased == null && !closed && vacancy.await(seconds)) {
      leased = lease();
    }
    return leased;
  }

  /** What is compared with the version that serves; null when nothing is. */
  @Nullable Shadow shadow() {
    return election.shadow();
  }

  Counts counts() {
    return counts;
  }

  /** How it is configured now. */
  public SlotSettings settings() {
    return settings;
  }

  /** Versions that could serve here: installed ones, the one that serves, and those kept. */
  public Set<Version> versions() {
    SlotSettings now = settings;
    Versions known = new Versions(parts);
    return Stream.concat(
            parts.catalogue().of(now.model()).stream(),
            known.kept(parts.memory().read(now.slot()).wanted(), now.model()))
        .map(Candidate::version)
        .collect(Collectors.toSet());
  }

  /** The version that serves now. */
  public Optional<Version> serving() {
    return Optional.ofNullable(serving.get()).map(version -> version.candidate().version());
  }

  /** The version that is being compared now. */
  public Optional<Version> compared() {
    return Optional.ofNullable(election.shadow())
        .map(shadow -> shadow.version().candidate().version());
  }

  /** What serves now, for rows that come from no route; has to be given back. */
  public Optional<Loan> borrow() {
    return Optional.ofNullable(lease()).map(Loan::new);
  }

  @Override
  public Scorer open(Binding binding) {
    SlotScorer scorer = new SlotScorer(this, binding, windows.claim(binding));
    scorers.add(scorer);
    bindingsChanged();
    return scorer;
  }

  void close(SlotScorer scorer) {
    if (scorers.remove(scorer)) {
      windows.rest(scorer.binding(), scorer.window());
      bindingsChanged();
    }
  }

  private void bindingsChanged() {
    if (election.awaitsBinding()) {
      changed();
    }
  }

  @Override
  public SlotState state() {
    return state;
  }

  @Override
  public Watch watch(Runnable changed) {
    watches.add(changed);
    return () -> watches.remove(changed);
  }

  @Override
  public Status status() {
    SlotSettings now = settings;
    Serving present = serving.get();
    List<String> problems = new ArrayList<>(election.problems());
    Map<String, Object> facts = new HashMap<>();
    facts.put("model", now.model());
    facts.put("pin", now.pin().map(Object::toString).orElse(""));
    facts.put("promote", now.promote().map(Object::toString).orElse(""));
    facts.put("rollback", now.rolledBack());
    facts.put("state", present == null ? "EMPTY" : Stage.ACTIVE.name());
    facts.put("models", journal.models());
    facts.put("lastRefusal", journal.lastRefusal());
    facts.put("installed", installed(now));
    facts.put("swaps", swaps.sum());
    facts.put("scored", counts.scored());
    facts.put("bad", counts.bad());
    facts.put("none", counts.none());
    Shadow shadow = election.shadow();
    if (shadow != null) {
      facts.put("shadow", shadow.facts());
    }
    if (present != null) {
      facts.put(
          "serving", Map.of("version", present.descriptor().version(), "digest", present.digest()));
      scorers.stream()
          .map(scorer -> Wiring.unbound(present.descriptor(), scorer.binding()))
          .filter(problem -> !problem.isEmpty())
          .forEach(problem -> problems.add(problem + "; its samples are not scored"));
    }
    return new Status(problems, facts);
  }

  private String installed(SlotSettings now) {
    return String.join(
        ", ", parts.catalogue().of(now.model()).stream().map(c -> c.version().toString()).toList());
  }

  /** Gives no more scores; the session is closed after the leases that are out. */
  @Override
  public void close() {
    closed = true;
    vacancy.changed(false);
    parts.catalogue().remove(this);
    parts
        .executor()
        .execute(
            () -> {
              election.dropShadow();
              Serving last = serving.getAndSet(null);
              if (last != null) {
                last.retire();
              }
              publish();
              watches.forEach(Runnable::run);
            });
  }
}
