// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.slot;

import io.kete.model.runtime.content.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Version;

/** What is wrong with a slot, in sentences that say what to do; one of each kind. */
final class Complaints {

  private enum Kind {
    WAITS,
    REFUSED,
    ROLLBACK,
    HEALTH
  }

  private final Map<Kind, String> sentences = new ConcurrentHashMap<>();
  private final String slot;

  Complaints(String slot) {
    this.slot = slot;
  }

  List<String> all() {
    return new ArrayList<>(sentences.values());
  }

  /** What is found again or not in the next choice. */
  void begin() {
    sentences.remove(Kind.WAITS);
    sentences.remove(Kind.REFUSED);
    sentences.remove(Kind.ROLLBACK);
  }

  void empty(String model) {
    sentences.putIfAbsent(Kind.WAITS, "slot " + slot + " has no model " + model + "; install one");
  }

  void waits(Candidate candidate, String awaited) {
    sentences.put(
        Kind.WAITS, "slot " + slot + " cannot use " + candidate.version() + " yet: " + awaited);
  }

  void pinnedToNothing(Version pin) {
    sentences.put(
        Kind.REFUSED,
        "slot " + slot + " is pinned to " + pin + ", which is neither installed nor kept");
  }

  void refused(Candidate candidate, String reason, Optional<Candidate> present) {
    String serves =
        present.map(version -> version.version() + " serves on").orElse("there is no other");
    sentences.putIfAbsent(
        Kind.REFUSED,
        "model "
            + candidate.descriptor().name()
            + " "
            + candidate.version()
            + " was refused: "
            + reason
            + "; "
            + serves);
  }

  void accepted() {
    sentences.remove(Kind.REFUSED);
  }

  void stays(Candidate left) {
    sentences.put(
        Kind.ROLLBACK,
        "slot "
            + slot
            + " cannot go back from "
            + left.version()
            + ", no older version is installed or kept; it serves on");
  }

  void scoresBadly(Candidate candidate, String problem) {
    sentences.put(
        Kind.HEALTH,
        "model "
            + candidate.descriptor().name()
            + " "
            + candidate.version()
            + ": "
            + problem
            + "; it serves on");
  }

  void scoresWell() {
    sentences.remove(Kind.HEALTH);
  }
}
