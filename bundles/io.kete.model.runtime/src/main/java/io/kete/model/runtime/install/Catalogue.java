// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.install;

import io.kete.model.api.SlotState.Identity;
import io.kete.model.runtime.content.Candidate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The models of all installed bundles, by the number of the bundle. */
public final class Catalogue {

  /** A slot. Called from the thread that reads bundles; must return at once. */
  public interface Listener {

    /** Name of the model it is for. */
    String model();

    /** Something that matters for a choice is different now. */
    void changed();

    /** A usable model was installed, or came with an update, after the start. */
    void arrived(Candidate candidate);

    /** A bundle was taken away on purpose; an update is none of that. */
    void uninstalled(Installed gone);

    /** Why this slot would not take the model, if it is for it and would not. */
    Optional<String> objection(Candidate candidate);

    /** A bundle cannot be used, and this slot is the one to report it. */
    void unusable(Installed broken);

    /** A model was refused before it was installed, and this slot is the one to report it. */
    void refused(Identity model, String reason);
  }

  private final Map<Long, Installed> bundles = new ConcurrentSkipListMap<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean settled;

  /** Begins to tell. */
  public void add(Listener listener) {
    listeners.add(listener);
  }

  /** Ends to tell. */
  public void remove(Listener listener) {
    listeners.remove(listener);
  }

  /** The usable models of that name. */
  public List<Candidate> of(String model) {
    return bundles.values().stream()
        .flatMap(installed -> installed.candidate().stream())
        .filter(candidate -> candidate.descriptor().name().equals(model))
        .toList();
  }

  /** Whether a bundle of that model is installed, usable or not. */
  public boolean has(String model) {
    return bundles.values().stream().anyMatch(installed -> installed.model().equals(model));
  }

  /** Every bundle. */
  public List<Installed> all() {
    return List.copyOf(bundles.values());
  }

  /** Whether all bundles that were there at the start have been read. */
  public boolean isSettled() {
    return settled;
  }

  /** All bundles that were there at the start have been read. */
  public void settle() {
    settled = true;
    changed();
  }

  /** A bundle came or has another content; whether a slot told that it cannot be used. */
  public boolean put(long bundle, Installed installed) {
    bundles.put(bundle, installed);
    if (installed.candidate().isPresent()) {
      Candidate candidate = installed.candidate().get();
      if (settled) {
        listeners.forEach(listener -> listener.arrived(candidate));
      }
      changed();
      return false;
    }
    Optional<Listener> reporter = reporter(installed.model());
    reporter.ifPresent(listener -> listener.unusable(installed));
    return reporter.isPresent();
  }

  /** A model was refused before it was installed. */
  void refused(Identity model, String reason) {
    reporter(model.model()).ifPresent(listener -> listener.refused(model, reason));
  }

  /** Why no slot would take the model; empty when one would or when none is for it. */
  public Optional<String> objection(Candidate candidate) {
    List<Optional<String>> answers =
        listeners.stream()
            .filter(listener -> listener.model().equals(candidate.descriptor().name()))
            .map(listener -> listener.objection(candidate))
            .toList();
    return answers.stream().allMatch(Optional::isPresent)
        ? answers.stream().flatMap(Optional::stream).findFirst()
        : Optional.empty();
  }

  /** The slots of its model, or any slot when there is none: upstream must hear of it once. */
  private Optional<Listener> reporter(String model) {
    Optional<Listener> own =
        listeners.stream().filter(listener -> listener.model().equals(model)).findFirst();
    return own.or(() -> listeners.stream().findFirst());
  }

  /** Name of the model a bundle held, empty when it is not known. */
  String modelOf(long bundle) {
    Installed known = bundles.get(bundle);
    return known == null ? "" : known.model();
  }

  /** A bundle was uninstalled. */
  public void remove(long bundle) {
    Installed gone = bundles.remove(bundle);
    if (gone != null) {
      listeners.forEach(listener -> listener.uninstalled(gone));
    }
  }

  /** Tells everybody to look again. */
  public void changed() {
    listeners.forEach(Listener::changed);
  }
}
