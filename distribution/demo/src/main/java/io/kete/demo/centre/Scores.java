// SPDX-License-Identifier: EPL-2.0
package io.kete.demo.centre;

import java.lang.module.ModuleDescriptor.Version;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Holds the scores that the centre has against the promise about models: from the first scored
 * sample on every one is scored, by one version, and versions do not go back.
 */
public final class Scores {

  private static final int MAX_DIFFERENCES = 20;
  private static final String READ = "serial";

  private final String slot;
  private final Map<String, Long> versions = new LinkedHashMap<>();
  private final Map<String, String> digests = new LinkedHashMap<>();
  private final Map<String, String> refusals = new LinkedHashMap<>();
  private final List<String> differences = new ArrayList<>();
  private String last = "";
  private long swaps;
  private long before;
  private long unscored;

  /**
   * What came out.
   *
   * @param versions samples scored by each version, in the order of first use
   * @param swaps changes of the version from one sample to the next
   * @param before samples before the first scored one
   * @param unscored samples after it without a score
   * @param refusals reasons that arrived, by version
   * @param differences what is not as promised
   */
  public record Result(
      Map<String, Long> versions,
      long swaps,
      long before,
      long unscored,
      Map<String, String> refusals,
      List<String> differences) {

    /** Samples with a score. */
    public long scored() {
      return versions.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  private Scores(String slot) {
    this.slot = slot;
  }

  /**
   * Looks through samples.
   *
   * @param received in the order of their numbers
   * @param slot where the model serves
   * @param serving versions that have to serve, in this order
   * @param refused version that has to be refused
   */
  public static Result of(
      List<Received> received, String slot, List<String> serving, String refused) {
    return new Scores(slot).look(received, serving, refused);
  }

  private Result look(List<Received> received, List<String> serving, String refused) {
    for (Received sample : received) {
      if (sample.asset().equals("kete.model." + slot)) {
        state(sample);
      } else if (sample.values().containsKey(READ)) {
        scored(sample);
      }
    }
    if (!List.copyOf(versions.keySet()).equals(serving)) {
      differ("versions " + versions.keySet() + " served, not " + serving);
    }
    if (!refusals.keySet().equals(Set.of(refused))) {
      differ("the centre heard that " + refusals.keySet() + " was refused, not " + refused);
    }
    return new Result(versions, swaps, before, unscored, refusals, differences);
  }

  private void state(Received sample) {
    if ("REJECTED".equals(sample.values().get("state"))) {
      String reason = String.valueOf(sample.values().getOrDefault("reason", ""));
      refusals.put(String.valueOf(sample.values().get("version")), reason);
      if (reason.isEmpty()) {
        differ("record " + sample.seq() + " refuses a model without a reason");
      }
    }
  }

  private void scored(Received sample) {
    List<Lineage> here =
        sample.lineages().stream().filter(lineage -> lineage.slot().equals(slot)).toList();
    if (here.size() == 1 && valued(sample, here.get(0))) {
      version(sample, here.get(0));
    } else if (here.size() > 1) {
      differ("sample " + sample.seq() + " was scored by " + here.size() + " versions");
    } else if (versions.isEmpty()) {
      before++;
    } else {
      unscored++;
      differ("sample " + sample.seq() + " has no score");
    }
  }

  private static boolean valued(Received sample, Lineage lineage) {
    return lineage.outputs().stream()
        .allMatch(
            output ->
                sample.values().get(output) instanceof Double score && Double.isFinite(score));
  }

  private void version(Received sample, Lineage lineage) {
    String version = lineage.version();
    String digest =
        Optional.ofNullable(digests.putIfAbsent(version, lineage.digest()))
            .orElse(lineage.digest());
    if (!digest.equals(lineage.digest())) {
      differ("sample " + sample.seq() + ": version " + version + " has another digest");
    }
    if (!last.isEmpty() && !last.equals(version)) {
      swaps++;
      if (Version.parse(version).compareTo(Version.parse(last)) < 0) {
        differ("sample " + sample.seq() + ": the version went back to " + version);
      }
    }
    last = version;
    versions.merge(version, 1L, Long::sum);
  }

  private void differ(String what) {
    if (differences.size() < MAX_DIFFERENCES) {
      differences.add(what);
    }
  }
}
