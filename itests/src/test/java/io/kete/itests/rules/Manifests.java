// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/** What a manifest may say, so that the bundle lives in Kura as well. */
final class Manifests {

  /** Libraries as Kura 5.6 brings them. */
  private static final Map<String, String> KURA_BRINGS =
      Map.of(
          "org.slf4j", "1.7.36",
          "org.bouncycastle", "1.78",
          "org.eclipse.paho", "1.2.1",
          "com.eclipsesource.json", "0.9.5");

  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");
  private static final Pattern VERSION = Pattern.compile("version=\"?(?<range>[^\";]+)");

  private Manifests() {}

  static List<String> violations(String bundle, String imports, String exports) {
    List<String> violations = new ArrayList<>();
    for (String clause : clauses(imports)) {
      String name = name(clause);
      if (name.equals("java") || name.startsWith("java.")) {
        violations.add(bundle + " imports " + name);
      }
      if (name.startsWith("org.jspecify")) {
        violations.add(bundle + " imports " + name + ", which has no use at run time");
      }
      KURA_BRINGS.forEach(
          (root, version) -> {
            if (name.startsWith(root) && !takes(clause, version)) {
              violations.add(bundle + " does not take " + version + " of Kura: " + clause);
            }
          });
    }
    if (!exports.isEmpty() && !mayExport(bundle)) {
      violations.add(bundle + " is a provider and exports " + exports);
    }
    return violations;
  }

  private static boolean mayExport(String bundle) {
    return bundle.endsWith(".api")
        || bundle.equals("io.kete.camel")
        || bundle.equals("io.kete.onnxruntime")
        || bundle.equals("io.kete.kapua.codec");
  }

  /** A range for every library, and one that reaches down. */
  private static boolean takes(String clause, String version) {
    Matcher range = VERSION.matcher(clause);
    return range.find() && new VersionRange(range.group("range")).includes(new Version(version));
  }

  private static String name(String clause) {
    int end = clause.indexOf(';');
    return end < 0 ? clause : clause.substring(0, end);
  }

  /** Splits at commas that are in no quotes. */
  static List<String> clauses(String header) {
    List<String> clauses = new ArrayList<>();
    Matcher quoted = QUOTED.matcher(header);
    String masked = quoted.replaceAll(match -> match.group().replace(',', '\u0000'));
    for (String clause : masked.split(",", -1)) {
      if (!clause.isBlank()) {
        clauses.add(clause.strip().replace('\u0000', ','));
      }
    }
    return clauses;
  }
}
