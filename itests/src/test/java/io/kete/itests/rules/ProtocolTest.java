// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each requirement of docs/protocol.md has a test that names it. */
class ProtocolTest {

  private static final Pattern REQUIREMENT = Pattern.compile("\\*\\*(KETE-[A-Z]+-\\d+)\\*\\*");
  private static final Pattern NAMED = Pattern.compile("\"(KETE-[A-Z]+-\\d+)\"");

  @Test
  void eachRequirementIsNamedByATestAndNoTestNamesAnother() {
    Set<String> required =
        found(REQUIREMENT, Repository.text(Repository.root().resolve("docs/protocol.md")));
    Set<String> named = new TreeSet<>();
    for (Path file : Repository.sources(".java")) {
      if (file.toString().contains("/src/test/")) {
        named.addAll(found(NAMED, Repository.text(file)));
      }
    }
    assertThat(required).hasSizeGreaterThan(40);
    assertThat(named).isEqualTo(required);
  }

  private static Set<String> found(Pattern pattern, String text) {
    Set<String> found = new TreeSet<>();
    pattern.matcher(text).results().forEach(id -> found.add(id.group(1)));
    return found;
  }
}
