// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a slot remembers across restarts; all models by their digest.
 *
 * @param serving what serves
 * @param previous what served before, newest first
 * @param refused what must not be tried again, with the reason, oldest first
 * @param attempts how often in a row loading was begun without coming to an end, so that a model
 *     that takes the process with it is known afterwards
 */
public record SlotRecord(
    Optional<String> serving,
    List<String> previous,
    Map<String, String> refused,
    Map<String, Integer> attempts) {

  /**
   * So often may the process end while a model is being loaded that served well before, or that the
   * machine went down with, before the model is to blame.
   */
  static final int MAX_ATTEMPTS = 3;

  /** Good versions that are kept besides the one that serves. */
  static final int MAX_PREVIOUS = 3;

  static final int MAX_REFUSED = 64;

  /** What a new slot remembers. */
  public static final SlotRecord NOTHING =
      new SlotRecord(Optional.empty(), List.of(), Map.of(), Map.of());

  /** Keeps no more than there is room for. */
  public SlotRecord {
    previous = List.copyOf(previous.subList(0, Math.min(previous.size(), MAX_PREVIOUS)));
    LinkedHashMap<String, String> newest = new LinkedHashMap<>();
    refused.entrySet().stream()
        .skip(Math.max(0, refused.size() - MAX_REFUSED))
        .forEach(entry -> newest.put(entry.getKey(), entry.getValue()));
    refused = newest;
    attempts = Map.copyOf(attempts);
  }

  /** This model serves from now on. */
  public SlotRecord serve(String digest) {
    List<String> before = new ArrayList<>();
    Stream.concat(serving.stream(), previous.stream())
        .filter(other -> !other.equals(digest))
        .forEach(before::add);
    // its own attempt ends when it has scored well for a while, that of the one before ends now
    Map<String, Integer> left = new HashMap<>(attempts);
    serving.filter(other -> !other.equals(digest)).ifPresent(left::remove);
    return new SlotRecord(Optional.of(digest), before, refused, left);
  }

  /** Nothing serves; what served is forgotten as well, for it was taken away on purpose. */
  public SlotRecord empty() {
    return new SlotRecord(Optional.empty(), List.of(), refused, Map.of());
  }

  /** Loading this one begins. */
  public SlotRecord tryOut(String digest) {
    Map<String, Integer> begun = attemptsBut(digest);
    begun.put(digest, attempts.getOrDefault(digest, 0) + 1);
    return new SlotRecord(serving, previous, refused, begun);
  }

  /** Loading, or the first time of serving, came to an end, whatever it was. */
  public SlotRecord tried(String digest) {
    return new SlotRecord(serving, previous, refused, attemptsBut(digest));
  }

  /** How often loading was begun before and did not come to an end. */
  public int deaths(String digest) {
    return Math.max(0, attempts.getOrDefault(digest, 0) - 1);
  }

  /** What is said of a model that ended the process too often. */
  public String blame(String digest) {
    return "the gateway ended " + deaths(digest) + " times while it was loaded or began to serve";
  }

  /** This one is not to be tried again. */
  public SlotRecord refuse(String digest, String reason) {
    Map<String, String> more = new LinkedHashMap<>(refused);
    more.remove(digest);
    more.put(digest, reason);
    return new SlotRecord(
        serving.filter(other -> !other.equals(digest)),
        previous.stream().filter(other -> !other.equals(digest)).toList(),
        more,
        attemptsBut(digest));
  }

  private Map<String, Integer> attemptsBut(String digest) {
    Map<String, Integer> others = new HashMap<>(attempts);
    others.remove(digest);
    return others;
  }

  /** Every model that has to be kept. */
  public Stream<String> wanted() {
    return Stream.concat(serving.stream(), previous.stream());
  }
}
