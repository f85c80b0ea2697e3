// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms.document;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonValue;
import com.eclipsesource.json.ParseException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the text of a policy document. Bounded in size and depth; whatever is not understood is
 * refused.
 */
final class PolicyParser {

  static final String FORMAT = "kete-policy/1";

  private static final int MAX_CHARACTERS = 1 << 20;
  private static final int MAX_DEPTH = 16;
  private static final int MAX_RULES = 4096;
  private static final Set<String> KEYS =
      Set.of(
          "$schema",
          "format",
          "version",
          "name",
          "validFrom",
          "validUntil",
          "default",
          "recipients",
          "revoked",
          "classes",
          "rules");

  private final String text;
  private final List<String> warnings = new ArrayList<>();

  PolicyParser(String text) {
    this.text = text;
  }

  PolicyDocument document() throws PolicyException {
    JsonFields root = new JsonFields(json(), "document", KEYS);
    if (!root.text("format").equals(FORMAT)) {
      throw new PolicyException("document.format has to be " + FORMAT);
    }
    Map<String, List<String>> recipients = recipients(root);
    Map<String, List<ChannelPattern>> classes = classes(root);
    ActionParser actions = new ActionParser(recipients.keySet());
    Action otherwise = actions.defaultAction(root);
    List<Rule> rules = rules(root, classes.keySet(), actions);
    reportContradictions(rules, recipients.keySet(), classes.keySet(), actions);
    Optional<Instant> from = root.instant("validFrom");
    Optional<Instant> until = root.instant("validUntil");
    if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
      throw new PolicyException("document.validUntil has to be after document.validFrom");
    }
    return new PolicyDocument(
        root.version("version"),
        root.text("name", "policy"),
        from,
        until,
        otherwise,
        recipients,
        revoked(root),
        classes,
        rules,
        warnings,
        digest(text));
  }

  private JsonValue json() throws PolicyException {
    if (text.length() > MAX_CHARACTERS) {
      throw new PolicyException("document is longer than " + MAX_CHARACTERS + " characters");
    }
    checkDepth();
    try {
      return Json.parse(text);
    } catch (ParseException e) {
      throw new PolicyException(
          "line " + e.getLocation().line + " column " + e.getLocation().column + ": not JSON");
    }
  }

  private void checkDepth() throws PolicyException {
    int depth = 0;
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == '{' || c == '[') && ++depth > MAX_DEPTH) {
        throw new PolicyException("document is nested deeper than " + MAX_DEPTH);
      } else if (!quoted && (c == '}' || c == ']')) {
        depth--;
      }
    }
  }

  private static Map<String, List<String>> recipients(JsonFields root) throws PolicyException {
    Map<String, List<String>> recipients = new LinkedHashMap<>();
    if (root.has("recipients")) {
      JsonFields fields = new JsonFields(root.value("recipients"), "document.recipients");
      for (String name : fields.names()) {
        List<String> certificates = fields.texts(name);
        if (certificates.isEmpty() || certificates.size() > 16) {
          throw new PolicyException(fields.at(name) + " has to name 1 to 16 certificates");
        }
        recipients.put(name, List.copyOf(certificates));
      }
    }
    return recipients;
  }

  private static Set<String> revoked(JsonFields root) throws PolicyException {
    Set<String> revoked = new LinkedHashSet<>();
    for (String fingerprint : root.texts("revoked")) {
      String plain = fingerprint.replace(":", "").toLowerCase(Locale.ROOT);
      if (!plain.matches("[0-9a-f]{64}")) {
        throw new PolicyException(
            "document.revoked has to hold SHA-256 fingerprints in hexadecimal");
      }
      revoked.add(plain);
    }
    return revoked;
  }

  private static Map<String, List<ChannelPattern>> classes(JsonFields root) throws PolicyException {
    Map<String, List<ChannelPattern>> classes = new LinkedHashMap<>();
    if (root.has("classes")) {
      JsonFields fields = new JsonFields(root.value("classes"), "document.classes");
      for (String name : fields.names()) {
        List<ChannelPattern> patterns = new ArrayList<>();
        for (String pattern : fields.texts(name)) {
          patterns.add(channelPattern(pattern, fields.at(name)));
        }
        classes.put(name, List.copyOf(patterns));
      }
    }
    return classes;
  }

  private static ChannelPattern channelPattern(String pattern, String path) throws PolicyException {
    int slash = pattern.indexOf('/');
    if (slash < 0) {
      throw new PolicyException(path + " has to hold patterns of the form asset/channel");
    }
    return new ChannelPattern(
        JsonFields.glob(pattern.substring(0, slash), path),
        JsonFields.glob(pattern.substring(slash + 1), path));
  }

  private static List<Rule> rules(JsonFields root, Set<String> classes, ActionParser actions)
      throws PolicyException {
    if (!root.value("rules").isArray()) {
      throw new PolicyException("document.rules has to be a list");
    }
    List<JsonValue> values = root.list("rules");
    if (values.size() > MAX_RULES) {
      throw new PolicyException("document.rules has more than " + MAX_RULES + " entries");
    }
    List<Rule> rules = new ArrayList<>();
    for (JsonValue value : values) {
      rules.add(rule(value, "document.rules[" + rules.size() + "]", classes, actions));
    }
    return rules;
  }

  private static Rule rule(JsonValue value, String path, Set<String> classes, ActionParser actions)
      throws PolicyException {
    JsonFields fields = new JsonFields(value, path, ActionParser.RULE_KEYS);
    if (!fields.has("asset") && !fields.has("channel") && !fields.has("class")) {
      throw new PolicyException(
          path + " has to name an asset, a channel or a class; use document.default for the rest");
    }
    Optional<String> dataClass =
        fields.has("class") ? Optional.of(fields.text("class")) : Optional.empty();
    if (dataClass.isPresent() && !classes.contains(dataClass.get())) {
      throw new PolicyException(
          path + ".class names the unknown class '" + JsonFields.shown(dataClass.get()) + "'");
    }
    Glob channel = fields.glob("channel");
    boolean derived = fields.flag("derived") || channel.isLiteral();
    String name = fields.text("name", path.substring(path.indexOf('.') + 1));
    return new Rule(
        name, fields.glob("asset"), channel, dataClass, actions.action(fields), derived);
  }

  private void reportContradictions(
      List<Rule> rules, Set<String> recipients, Set<String> classes, ActionParser actions) {
    for (int later = 1; later < rules.size(); later++) {
      for (int earlier = 0; earlier < later; earlier++) {
        if (rules.get(earlier).hides(rules.get(later))) {
          warnings.add(
              "rule '"
                  + JsonFields.shown(rules.get(later).name())
                  + "' is never reached: rule '"
                  + JsonFields.shown(rules.get(earlier).name())
                  + "' before it matches the same channels");
          break;
        }
      }
    }
    for (String recipient : recipients) {
      if (!actions.used().contains(recipient)) {
        warnings.add("recipient '" + JsonFields.shown(recipient) + "' is used by no rule");
      }
    }
    for (String dataClass : classes) {
      if (rules.stream().noneMatch(rule -> rule.dataClass().equals(Optional.of(dataClass)))) {
        warnings.add("class '" + JsonFields.shown(dataClass) + "' is used by no rule");
      }
    }
    Set<String> names = new LinkedHashSet<>();
    for (Rule rule : rules) {
      if (!names.add(rule.name())) {
        warnings.add("two rules are named '" + JsonFields.shown(rule.name()) + "'");
      }
    }
  }

  private static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
