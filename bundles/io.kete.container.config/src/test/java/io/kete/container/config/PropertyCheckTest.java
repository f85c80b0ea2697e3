// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.eclipse.kura.configuration.metatype.Scalar;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PropertyCheckTest {

  private static Metatype.Attribute attribute(
      Scalar type, int cardinality, @Nullable String min, @Nullable String max, String... choices) {
    List<Metatype.Choice> all =
        List.of(choices).stream().map(value -> new Metatype.Choice(value, value)).toList();
    return new Metatype.Attribute("k", type, cardinality, true, "1", min, max, "k", "", all);
  }

  private static Metatype metatype(Metatype.Attribute attribute) {
    return new Metatype(
        "p", false, new Metatype.Definition("p", "p", "", List.of(attribute), List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "INTEGER, 5, true",
    "INTEGER, 0, false",
    "INTEGER, 11, false",
    "LONG, 10, true",
    "LONG, -1, false",
    "DOUBLE, 1.0, true",
    "DOUBLE, 10.01, false",
    "DOUBLE, NaN, false",
    "FLOAT, 9.5, true",
    "SHORT, 12, false",
    "BYTE, 1, true",
    "STRING, abc, true",
    "STRING, abcdefghijk, false",
    "PASSWORD, abc, true"
  })
  void keepsToTheRangeOneToTen(Scalar type, String text, boolean right) {
    Object value = ValueText.parse(type, text).orElseThrow();

    assertThat(PropertyCheck.objection(attribute(type, 0, "1", "10"), value).isEmpty())
        .isEqualTo(right);
  }

  @Test
  void saysTheRangeButNotTheValue() {
    assertThat(PropertyCheck.objection(attribute(Scalar.INTEGER, 0, "1", "10"), 4711))
        .contains("must be between 1 and 10");
  }

  @Test
  void keepsToTheOptions() {
    Metatype.Attribute attribute = attribute(Scalar.STRING, 0, null, null, "slow", "fast");

    assertThat(PropertyCheck.objection(attribute, "fast")).isEmpty();
    assertThat(PropertyCheck.objection(attribute, "warp")).contains("must be one of [slow, fast]");
  }

  @Test
  void tellsTypesAndArraysApart() {
    assertThat(PropertyCheck.objection(attribute(Scalar.LONG, 0, null, null), 1)).isPresent();
    assertThat(PropertyCheck.objection(attribute(Scalar.LONG, 0, null, null), new Long[] {1L}))
        .isPresent();
    assertThat(PropertyCheck.objection(attribute(Scalar.LONG, 3, null, null), 1L)).isPresent();
    assertThat(PropertyCheck.objection(attribute(Scalar.LONG, 3, null, null), new Long[] {1L}))
        .isEmpty();
    assertThat(
            PropertyCheck.objection(attribute(Scalar.LONG, 2, null, null), new Long[] {1L, 2L, 3L}))
        .isPresent();
    assertThat(
            PropertyCheck.objection(attribute(Scalar.LONG, 3, null, null), new Long[] {1L, null}))
        .isPresent();
  }

  @Test
  void leavesUnknownKeysOutAndLetsDynamicOnesPass() {
    Metatype metatype = metatype(attribute(Scalar.INTEGER, 0, null, null));
    Map<String, Object> values =
        Map.of(
            "k", 1, "typo", 2, "flow#+name", "flow", "driver.target", "(a=b)", "driver.pid", "d");

    Checked checked = PropertyCheck.against(metatype, values, Map.of("typo", 42));

    assertThat(checked.values()).containsOnlyKeys("k", "flow#+name", "driver.target", "driver.pid");
    assertThat(checked.faults())
        .containsExactly(new Fault("typo", 42, "the key is unknown", false));
    assertThat(checked.refusal()).isEmpty();
  }

  @Test
  void textsThatAreNoNumbersAreFaultsWithTheirLine() {
    StoredProperty wrong = new StoredProperty("k", "Integer", false, false, List.of("ten"), 12);
    StoredProperty strange = new StoredProperty("m", "Money", false, false, List.of("1"), 13);
    StoredProperty twice = new StoredProperty("n", "Long", false, false, List.of("1", "2"), 14);
    StoredProperty secret = new StoredProperty("s", "Password", false, true, List.of("%%"), 15);

    Checked checked =
        PropertyCheck.typed(new StoredComponent("p", 1, List.of(wrong, strange, twice, secret)));

    assertThat(checked.values()).isEmpty();
    assertThat(checked.faults()).extracting(Fault::line).containsExactly(12, 13, 14, 15);
    assertThat(checked.faults().toString()).doesNotContain("ten").doesNotContain("%%");
  }
}
