// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms.document;

import io.kete.data.api.Lineage;
import io.kete.data.api.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a document decides, remembered for each channel so that a reading costs one look-up.
 * Immutable as seen from outside, safe for any number of threads.
 */
public final class Decisions {

  /** Assets with this prefix are the gateway's own. */
  public static final String OWN_PREFIX = "kete.";

  private static final int MAX_REMEMBERED = 65_536;
  private static final int MAX_DERIVATION = 16;
  private static final Action.Plain PLAIN = new Action.Plain();

  private final Optional<PolicyDocument> document;
  private final boolean expired;
  private final Map<String, Map<String, Decision>> assets = new ConcurrentHashMap<>();
  private final Map<List<Lineage>, Map<String, Map<String, Decision>>> derived =
      new ConcurrentHashMap<>();
  private final AtomicInteger remembered = new AtomicInteger();

  private Decisions(Optional<PolicyDocument> document, boolean expired) {
    this.document = document;
    this.expired = expired;
  }

  /** What a document in force decides. */
  public static Decisions of(PolicyDocument document) {
    return new Decisions(Optional.of(document), false);
  }

  /**
   * After the end of its validity a document lets nothing out in clear; what it seals is sealed on.
   */
  public static Decisions ofExpired(PolicyDocument document) {
    return new Decisions(Optional.of(document), true);
  }

  /** Without a document everything is sensitive and there is nobody to seal it for. */
  public static Decisions withoutDocument() {
    return new Decisions(Optional.empty(), false);
  }

  /** The decision for a channel of an asset. */
  public Decision of(String asset, String channel) {
    Map<String, Decision> channels = assets.get(asset);
    Decision known = channels == null ? null : channels.get(channel);
    return known == null ? remember(asset, channel) : known;
  }

  private Decision remember(String asset, String channel) {
    Decision decision = decide(asset, channel, false);
    if (remembered.incrementAndGet() <= MAX_REMEMBERED) {
      assets.computeIfAbsent(asset, name -> new ConcurrentHashMap<>()).put(channel, decision);
    }
    return decision;
  }

  /** The decisions for the channels of a sample that a model derived; empty when it has none. */
  public Map<String, Decision> derived(Sample sample) {
    if (sample.lineage().isEmpty()) {
      return Map.of();
    }
    Map<String, Map<String, Decision>> byAsset = derived.get(sample.lineage());
    Map<String, Decision> known = byAsset == null ? null : byAsset.get(sample.asset());
    if (known != null) {
      return known;
    }
    Map<String, Decision> decisions = deriveAll(sample.asset(), sample.lineage());
    if (remembered.incrementAndGet() <= MAX_REMEMBERED) {
      derived
          .computeIfAbsent(sample.lineage(), key -> new ConcurrentHashMap<>())
          .put(sample.asset(), decisions);
    }
    return decisions;
  }

  private Map<String, Decision> deriveAll(String asset, List<Lineage> lineage) {
    Map<String, Decision> decisions = new HashMap<>();
    for (Lineage step : lineage) {
      for (String output : step.outputs()) {
        decisions.computeIfAbsent(output, name -> derive(asset, name, lineage, new HashSet<>()));
      }
    }
    return Map.copyOf(decisions);
  }

  private Decision derive(String asset, String channel, List<Lineage> lineage, Set<String> path) {
    Optional<Rule> rule = firstRule(asset, channel);
    if (rule.isPresent() && rule.get().derived()) {
      return decide(asset, channel, true);
    }
    if (path.size() >= MAX_DERIVATION || !path.add(channel)) {
      return of(asset, channel);
    }
    List<Decision> origins = new ArrayList<>();
    rule.ifPresent(found -> origins.add(decide(asset, channel, true)));
    for (Lineage step : lineage) {
      if (step.outputs().contains(channel)) {
        for (String input : step.inputs()) {
          boolean chained =
              lineage.stream().anyMatch(other -> other.outputs().contains(input))
                  && !path.contains(input);
          origins.add(chained ? derive(asset, input, lineage, path) : of(asset, input));
        }
      }
    }
    path.remove(channel);
    return origins.isEmpty() ? of(asset, channel) : inherit(origins);
  }

  /** A derived value cannot be made coarse the way its input is, so it is sealed then. */
  private Decision inherit(List<Decision> origins) {
    Decision strictest = origins.get(0);
    for (Decision origin : origins) {
      strictest = origin.treatment().compareTo(strictest.treatment()) > 0 ? origin : strictest;
    }
    String why = "inherited: " + strictest.why();
    return switch (strictest.treatment()) {
      case PLAIN, KEEP, DROP -> new Decision(strictest.action(), why);
      case COARSEN, PSEUDONYMISE -> new Decision(lastResort(), why);
      case SEAL -> new Decision(new Action.Seal(common(origins)), why);
    };
  }

  private static List<String> common(List<Decision> origins) {
    List<String> common = new ArrayList<>();
    boolean first = true;
    for (Decision origin : origins) {
      if (origin.action() instanceof Action.Seal seal) {
        if (first) {
          common.addAll(seal.recipients());
          first = false;
        } else {
          common.retainAll(seal.recipients());
        }
      }
    }
    return common;
  }

  private Decision decide(String asset, String channel, boolean derivedValue) {
    if (document.isEmpty()) {
      return asset.startsWith(OWN_PREFIX)
          ? new Decision(PLAIN, "the gateway's own")
          : new Decision(new Action.Seal(List.of()), "no policy");
    }
    Optional<Rule> rule = firstRule(asset, channel);
    if (rule.isEmpty()) {
      return asset.startsWith(OWN_PREFIX)
          ? new Decision(PLAIN, "the gateway's own")
          : new Decision(document.get().defaultAction(), "default");
    }
    String why =
        "rule " + rule.get().name() + (derivedValue && rule.get().derived() ? " (derived)" : "");
    Action action = rule.get().action();
    boolean open = action.treatment().compareTo(io.kete.policy.api.Treatment.SEAL) < 0;
    return expired && open
        ? new Decision(lastResort(), "policy expired; " + why)
        : new Decision(action, why);
  }

  private Action lastResort() {
    return document.map(PolicyDocument::defaultAction).orElse(new Action.Seal(List.of()));
  }

  private Optional<Rule> firstRule(String asset, String channel) {
    if (document.isEmpty()) {
      return Optional.empty();
    }
    boolean own = asset.startsWith(OWN_PREFIX);
    for (Rule rule : document.get().rules()) {
      if ((!own || rule.asset().pattern().startsWith(OWN_PREFIX))
          && matches(rule, asset, channel)) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }

  private boolean matches(Rule rule, String asset, String channel) {
    if (!rule.asset().matches(asset) || !rule.channel().matches(channel)) {
      return false;
    }
    if (rule.dataClass().isEmpty()) {
      return true;
    }
    List<ChannelPattern> patterns =
        document.orElseThrow().classes().getOrDefault(rule.dataClass().get(), List.of());
    return patterns.stream().anyMatch(pattern -> pattern.matches(asset, channel));
  }
}
