// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the page of a bundle has to hold. */
final class Readmes {

  private static final List<String> HEADINGS =
      List.of(
          "## Purpose",
          "## Services offered",
          "## Services needed",
          "## Configuration",
          "## Events logged",
          "## Threads",
          "## Limits");

  private static final int PAGE = 100;

  private Readmes() {}

  static List<String> violations(String bundle, Optional<String> readme) {
    if (readme.isEmpty()) {
      return List.of(bundle + " has no README.md");
    }
    List<String> violations = new ArrayList<>();
    List<String> lines = readme.get().lines().toList();
    if (!lines.stream().limit(3).toList().contains("# " + bundle)) {
      violations.add(bundle + "/README.md does not begin with '# " + bundle + "'");
    }
    List<String> headings = lines.stream().filter(HEADINGS::contains).toList();
    if (!headings.equals(HEADINGS)) {
      violations.add(bundle + "/README.md has the headings " + headings + ", not " + HEADINGS);
    }
    if (lines.size() > PAGE) {
      violations.add(bundle + "/README.md is longer than a page");
    }
    return violations;
  }
}
