// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

  @ParameterizedTest
  @CsvSource({
    "*, anything, true", "pump-*, pump-1, true", "pump-*, pump-, true", "pump-*, pum, false",
        "p?mp, pump, true",
    "p?mp, pmp, false", "*a*b, xxaxxb, true", "*a*b, xxbxxa, false", "a**b, ab, true",
        "exact, exact, true",
    "exact, exactly, false", "*.temp, kiln.temp, true", "a.c, abc, false", "*x, xxxxy, false"
  })
  void matchesNames(String pattern, String name, boolean expected) {
    assertThat(new Glob(pattern).matches(name)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "*, a*b, true",
    "a*, ab*, true",
    "ab*, a*, false",
    "a?c, abc, true",
    "abc, a?c, false",
    "a?c, a?c, true",
    "a?c, a*c, false",
    "*a*, *ba*, true",
    "?, *, false",
    "*?, ?*, false"
  })
  void coversPatterns(String wide, String narrow, boolean expected) {
    assertThat(new Glob(wide).covers(new Glob(narrow))).isEqualTo(expected);
  }

  @Test
  void whatItCoversItMatches() {
    Random random = new Random(7);
    int covered = 0;
    for (int i = 0; i < 50_000; i++) {
      Glob wide = new Glob(word(random, "ab*?"));
      Glob narrow = new Glob(word(random, "ab*?"));
      String name = word(random, "ab");
      if (wide.covers(narrow) && narrow.matches(name)) {
        covered++;
        assertThat(wide.matches(name)).as("%s covers %s, name %s", wide, narrow, name).isTrue();
      }
    }
    assertThat(covered).isGreaterThan(1000);
  }

  private static String word(Random random, String letters) {
    StringBuilder word = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      word.append(letters.charAt(random.nextInt(letters.length())));
    }
    return word.toString();
  }

  @Test
  void knowsWhatHasNoWildcard() {
    assertThat(
            List.of(
                new Glob("a.b").isLiteral(),
                new Glob("a*").isLiteral(),
                new Glob("a?").isLiteral()))
        .containsExactly(true, false, false);
  }
}
