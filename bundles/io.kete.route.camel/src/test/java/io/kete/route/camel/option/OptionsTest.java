// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionsTest {
  private static Options options(String... keysAndValues) {
    Map<String, Object> given = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      given.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return new Options("x:y", given);
  }

  @Test
  void givesWhatIsThereAndElseTheDefault() {
    Options options = options("n", " 5 ", "d", "0.5", "w", "DROP", "t", "", "other", "a,b");
    assertThat(options.whole("n", 1, 9, 3)).isEqualTo(5);
    assertThat(options.whole("absent", 1, 9, 3)).isEqualTo(3);
    assertThat(options.number("d")).hasValue(0.5);
    assertThat(options.number("absent")).isEmpty();
    assertThat(options.oneOf("w", List.of("mark", "drop"), "mark")).isEqualTo("drop");
    assertThat(options.text("t", "*")).isEqualTo("*");
    assertThat(options.text("other", "*")).isEqualTo("a,b");
    options.finish();
  }

  @Test
  void refusalsNameOptionAndWhatIsAllowed() {
    assertThatThrownBy(() -> options("n", "10").whole("n", 1, 9, 3))
        .hasMessage("x:y: option n must be a whole number from 1 to 9 but is '10'");
    assertThatThrownBy(() -> options("n", "1.5").whole("n", 1, 9, 3)).hasMessageContaining("'1.5'");
    assertThatThrownBy(() -> options("d", "NaN").number("d")).hasMessageContaining("a number");
    assertThatThrownBy(() -> options("d", "-1").size("d")).hasMessageContaining("not negative");
    assertThatThrownBy(() -> options("w", "x").oneOf("w", List.of("mark", "drop"), "mark"))
        .hasMessageContaining("one of mark, drop");
  }

  @Test
  void refusesWhatNobodyKnows() {
    Options options = options("n", "1", "m", "2");
    options.whole("n", 1, 9, 3);
    assertThatThrownBy(options::finish).hasMessage("x:y knows no option m; allowed are n");
    assertThatThrownBy(() -> options("m", "2").finish())
        .hasMessage("x:y knows no option m; it has none");
  }

  @Test
  void patternsAreNamesAndGlobs() {
    ChannelPattern pattern = new ChannelPattern("flow, temp-*,p?,a.b");
    assertThat(List.of("flow", "temp-", "temp-1", "p1", "a.b")).allMatch(pattern);
    assertThat(List.of("flow2", "temp", "p12", "p", "axb", "")).noneMatch(pattern);
    assertThat(new ChannelPattern("*")).accepts("anything", "");
  }
}
