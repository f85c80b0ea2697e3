// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.store;

import java.util.ArrayList;
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
 * @param trying what is being loaded, so that a crash while loading is seen afterwards
 * @param attempts how often that was begun without an end
 */
public record SlotRecord(
    Optional<String> serving,
    List<String> previous,
    Map<String, String> refused,
    Optional<String> trying,
    int attempts) {

  /** Good versions that are kept besides the one that serves. */
  static final int MAX_PREVIOUS = 3;

  static final int MAX_REFUSED = 64;

  /** What a new slot remembers. */
  public static final SlotRecord NOTHING =
      new SlotRecord(Optional.empty(), List.of(), Map.of(), Optional.empty(), 0);

  /** Keeps no more than there is room for. */
  public SlotRecord {
    previous = List.copyOf(previous.subList(0, Math.min(previous.size(), MAX_PREVIOUS)));
    LinkedHashMap<String, String> newest = new LinkedHashMap<>();
    refused.entrySet().stream()
        .skip(Math.max(0, refused.size() - MAX_REFUSED))
        .forEach(entry -> newest.put(entry.getKey(), entry.getValue()));
    refused = newest;
  }

  /** This model serves from now on. */
  public SlotRecord serve(String digest) {
    List<String> before = new ArrayList<>();
    Stream.concat(serving.stream(), previous.stream())
        .filter(other -> !other.equals(digest))
        .forEach(before::add);
    return new SlotRecord(Optional.of(digest), before, refused, Optional.empty(), 0);
  }

  /** Nothing serves; what served is forgotten as well, for it was taken away on purpose. */
  public SlotRecord empty() {
    return new SlotRecord(Optional.empty(), List.of(), refused, Optional.empty(), 0);
  }

  /** Loading this one begins. */
  public SlotRecord tryOut(String digest) {
    int begun = trying.filter(digest::equals).isPresent() ? attempts + 1 : 1;
    return new SlotRecord(serving, previous, refused, Optional.of(digest), begun);
  }

  /** Loading came to an end, whatever it was. */
  public SlotRecord tried() {
    return new SlotRecord(serving, previous, refused, Optional.empty(), 0);
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
        Optional.empty(),
        0);
  }

  /** Every model that has to be kept. */
  public Stream<String> wanted() {
    return Stream.concat(serving.stream(), previous.stream());
  }
}
