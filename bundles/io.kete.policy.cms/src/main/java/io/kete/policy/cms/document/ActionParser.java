// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms.document;

import com.eclipsesource.json.JsonValue;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads what a rule, or the default, does. */
final class ActionParser {

  static final Set<String> RULE_KEYS =
      Set.of(
          "name",
          "asset",
          "channel",
          "class",
          "action",
          "derived",
          "recipients",
          "recipient",
          "round",
          "buckets",
          "time");

  private static final Set<String> DEFAULT_KEYS = Set.of("action", "recipients");

  private final Set<String> recipients;
  private final Set<String> used = new HashSet<>();
  private List<String> defaultRecipients = List.of();

  ActionParser(Set<String> recipients) {
    this.recipients = recipients;
  }

  Set<String> used() {
    return used;
  }

  /** Without a word about the default everything unknown is sealed for every recipient there is. */
  Action defaultAction(JsonFields root) throws PolicyException {
    if (!root.has("default")) {
      defaultRecipients = List.copyOf(recipients);
      return seal("document.default");
    }
    JsonFields fields = new JsonFields(root.value("default"), "document.default", DEFAULT_KEYS);
    defaultRecipients =
        known(
            fields.has("recipients") ? fields.texts("recipients") : List.copyOf(recipients),
            "document.default.recipients");
    String action = fields.text("action");
    return switch (action) {
      case "seal" -> seal("document.default");
      case "keep" -> new Action.Keep();
      case "drop" -> new Action.Drop();
      default ->
          throw new PolicyException(
              "document.default.action has to be seal, keep or drop: what is unknown is sensitive");
    };
  }

  Action action(JsonFields rule) throws PolicyException {
    String action = rule.text("action");
    checkParameters(rule, action);
    return switch (action) {
      case "plain" -> new Action.Plain();
      case "seal" -> sealed(rule);
      case "pseudonymise" -> pseudonymise(rule);
      case "coarsen" -> new Action.Coarsen(coarsening(rule));
      case "keep" -> new Action.Keep();
      case "drop" -> new Action.Drop();
      default ->
          throw new PolicyException(
              rule.at("action") + " has to be plain, seal, pseudonymise, coarsen, keep or drop");
    };
  }

  private static void checkParameters(JsonFields rule, String action) throws PolicyException {
    Set<String> allowed =
        switch (action) {
          case "seal" -> Set.of("recipients");
          case "pseudonymise" -> Set.of("recipient");
          case "coarsen" -> Set.of("round", "buckets", "time");
          default -> Set.of();
        };
    for (String key : List.of("recipients", "recipient", "round", "buckets", "time")) {
      if (rule.has(key) && !allowed.contains(key)) {
        throw new PolicyException(
            rule.at(key) + " has no meaning for the action " + JsonFields.shown(action));
      }
    }
  }

  private Action sealed(JsonFields rule) throws PolicyException {
    if (!rule.has("recipients")) {
      return seal(rule.at("action"));
    }
    List<String> names = known(rule.texts("recipients"), rule.at("recipients"));
    if (names.isEmpty()) {
      throw new PolicyException(rule.at("recipients") + " has to name at least one recipient");
    }
    return new Action.Seal(names);
  }

  private Action.Seal seal(String path) throws PolicyException {
    if (defaultRecipients.isEmpty()) {
      throw new PolicyException(path + " seals, but there is no recipient in document.recipients");
    }
    used.addAll(defaultRecipients);
    return new Action.Seal(defaultRecipients);
  }

  private Action pseudonymise(JsonFields rule) throws PolicyException {
    String name = rule.text("recipient");
    return new Action.Pseudonymise(known(List.of(name), rule.at("recipient")).get(0));
  }

  private List<String> known(List<String> names, String path) throws PolicyException {
    for (String name : names) {
      if (!recipients.contains(name)) {
        throw new PolicyException(
            path + " names the unknown recipient '" + JsonFields.shown(name) + "'");
      }
    }
    used.addAll(names);
    return names;
  }

  private static Coarsening coarsening(JsonFields rule) throws PolicyException {
    if (!rule.has("round") && !rule.has("buckets") && !rule.has("time")) {
      throw new PolicyException(rule.at("action") + " needs round, buckets or time");
    }
    double round = rule.has("round") ? rule.number("round") : 0;
    if (rule.has("round") && round <= 0) {
      throw new PolicyException(rule.at("round") + " has to be greater than 0");
    }
    List<Double> buckets = new ArrayList<>();
    for (JsonValue value : rule.list("buckets")) {
      double limit = JsonFields.number(value, rule.at("buckets"));
      if (!buckets.isEmpty() && limit <= buckets.get(buckets.size() - 1)) {
        throw new PolicyException(rule.at("buckets") + " has to ascend");
      }
      buckets.add(limit);
    }
    if (rule.has("buckets") && buckets.isEmpty()) {
      throw new PolicyException(rule.at("buckets") + " has to hold at least one limit");
    }
    return new Coarsening(round, buckets, rule.has("time") ? timeStep(rule) : 0);
  }

  private static long timeStep(JsonFields rule) throws PolicyException {
    try {
      long millis = Duration.parse(rule.text("time")).toMillis();
      if (millis >= 1) {
        return millis;
      }
    } catch (DateTimeException | ArithmeticException e) {
      // reported below with what is expected
    }
    throw new PolicyException(
        rule.at("time") + " has to be a duration from PT0.001S, such as PT1M");
  }
}
