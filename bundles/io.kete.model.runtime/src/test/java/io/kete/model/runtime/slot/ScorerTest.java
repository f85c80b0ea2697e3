// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.slot;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.data.api.ClockQuality;
import io.kete.data.api.Quality;
import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import io.kete.model.api.Binding;
import io.kete.model.api.Scorer;
import io.kete.model.runtime.TestModels;
import io.kete.model.runtime.TestModels.Draft;
import io.kete.model.runtime.World;
import io.kete.model.runtime.content.Candidate;
import io.kete.model.runtime.install.Installed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScorerTest {

  private static final String FLOW = TestModels.role("flow", "REFUSE", 0, 1);

  @TempDir Path folder;
  private World world;
  private SlotCore slot;

  @BeforeEach
  void begin() {
    world = new World(folder);
    slot = world.slot();
  }

  private void install(Draft draft) throws Exception {
    Candidate candidate = draft.candidate();
    world.catalogue.put(
        1, new Installed("b", "1", candidate.descriptor().name(), Optional.of(candidate), ""));
  }

  private static Binding binding(String prefix) {
    return new Binding("route", Map.of("flow", "f", "pressure", "p"), prefix);
  }

  private static Sample of(Reading... readings) {
    return new Sample("pump-1", 5, ClockQuality.UNKNOWN, List.of(readings));
  }

  private static Reading value(String channel, double value) {
    return Reading.Measured.good(channel, TypedValues.newDoubleValue(value), "", 5);
  }

  private static Reading score(Scorer scorer, Sample sample) {
    List<Reading> readings = scorer.score(List.of(sample)).get(0).readings();
    return readings.get(readings.size() - 1);
  }

  private static float number(Reading reading) {
    return (Float) ((Reading.Measured) reading).value().getValue();
  }

  @Test
  void missingValuesFollowTheRuleOfTheRole() throws Exception {
    install(
        TestModels.draft()
            .roles(
                TestModels.role("flow", "REFUSE", 0, 1)
                    + ","
                    + TestModels.role("pressure", "HOLD", 10, 2)));
    Scorer scorer = slot.open(binding("x."));
    Reading bad = score(scorer, of(value("f", 1)));
    assertThat(bad).isEqualTo(new Reading.Failed("x.score", "p has no value", 5));
    score(scorer, of(value("f", 1), value("p", 14)));
    Reading held = score(scorer, of(value("f", 1), new Reading.Failed("p", "lost", 5)));
    assertThat(number(held)).isEqualTo(1f + 2f + 1f);
    assertThat(held.quality()).isEqualTo(Quality.UNCERTAIN);
    assertThat(held.reason()).contains("p has no value, its last one is used");
    assertThat(score(scorer, of(value("p", 14))).reason()).isEqualTo("f has no value");
    assertThat(slot.status().facts())
        .containsEntry("scored", 2L)
        .containsEntry("bad", 2L)
        .containsEntry("none", 0L);
  }

  @Test
  void aConstantStandsForAMissingValueWhereTheRoleSaysSo() throws Exception {
    install(TestModels.draft().roles(FLOW + "," + TestModels.role("pressure", "OFFSET", 10, 2)));
    Reading assumed = score(slot.open(binding("")), of(value("f", 1)));
    assertThat(number(assumed)).isEqualTo(2f);
    assertThat(assumed.quality()).isEqualTo(Quality.UNCERTAIN);
  }

  @Test
  void takesNumbersOfEveryTypeAndNothingElse() throws Exception {
    install(TestModels.draft().roles(FLOW));
    Scorer scorer = slot.open(binding(""));
    Map<TypedValue<?>, Float> values =
        Map.of(
            TypedValues.newIntegerValue(3), 4f,
            TypedValues.newLongValue(4), 5f,
            TypedValues.newFloatValue(5), 6f,
            TypedValues.newBooleanValue(true), 2f);
    values.forEach(
        (value, expected) ->
            assertThat(number(score(scorer, of(Reading.Measured.good("f", value, "", 5)))))
                .isEqualTo(expected));
    for (TypedValue<?> value :
        List.of(
            TypedValues.newStringValue("7"),
            TypedValues.newDoubleValue(Double.NaN),
            TypedValues.newDoubleValue(Double.POSITIVE_INFINITY),
            TypedValues.newByteArrayValue(new byte[] {1}))) {
      assertThat(score(scorer, of(Reading.Measured.good("f", value, "", 5))).quality())
          .isEqualTo(Quality.BAD);
    }
  }

  @Test
  void aScoreIsNoBetterThanItsInputs() throws Exception {
    install(TestModels.draft().roles(FLOW.replace("\"unit\":\"\"", "\"unit\":\"m3/h\"")));
    Scorer scorer = slot.open(binding(""));
    Reading.Measured flow = Reading.Measured.good("f", TypedValues.newDoubleValue(1), "m3/h", 5);
    assertThat(score(scorer, of(flow)).quality()).isEqualTo(Quality.GOOD);
    assertThat(score(scorer, of(flow.uncertain("out of range"))).reason())
        .isEqualTo("f is uncertain");
    Reading.Measured litres = Reading.Measured.good("f", TypedValues.newDoubleValue(1), "l/min", 5);
    assertThat(score(scorer, of(litres)).reason()).contains("another unit");
  }

  @Test
  void anOutputThatIsNoFiniteNumberIsBad() throws Exception {
    install(TestModels.draft().roles(TestModels.role("flow", "REFUSE", 0, 1e-30)));
    Reading reading = score(slot.open(binding("")), of(value("f", 1e30)));
    assertThat(reading)
        .isEqualTo(new Reading.Failed("pump.score", "the model gave no finite number", 5));
  }

  @Test
  void aScoreThatIsThereAlreadyIsReplacedAndLineageGrows() throws Exception {
    install(TestModels.draft().roles(FLOW));
    Scorer scorer = slot.open(binding(""));
    Sample once = scorer.score(List.of(of(value("f", 1)))).get(0);
    Sample twice = scorer.score(List.of(once)).get(0);
    assertThat(twice.readings()).hasSize(2);
    assertThat(twice.lineage()).hasSize(2);
  }

  @Test
  void aWindowFillsUpOutlivesVersionsAndFitsLongerOnes() throws Exception {
    install(TestModels.draft("1.0.0").roles(FLOW).steps(2).model("0"));
    Scorer scorer = slot.open(binding(""));
    assertThat(score(scorer, of(value("f", 1))).reason())
        .isEqualTo("the window holds 1 of 2 samples");
    assertThat(number(score(scorer, of(value("f", 10))))).isEqualTo(11f);
    install(TestModels.draft("2.0.0").roles(FLOW).steps(2).model("0.5"));
    assertThat(number(score(scorer, of(value("f", 100))))).isEqualTo(110.5f);
    install(TestModels.draft("3.0.0").roles(FLOW).steps(4).model("0"));
    assertThat(score(scorer, of(value("f", 1000))).reason())
        .isEqualTo("the window holds 3 of 4 samples");
    assertThat(number(score(scorer, of(value("f", 10000))))).isEqualTo(11110f);
    install(TestModels.draft("4.0.0").roles(FLOW).steps(2).model("0"));
    assertThat(number(score(scorer, of(value("f", 1))))).isEqualTo(10001f);

    scorer.close();
    Scorer again = slot.open(binding(""));
    assertThat(number(score(again, of(value("f", 2))))).isEqualTo(3f);
    Scorer other = slot.open(new Binding("other", Map.of("flow", "f"), ""));
    assertThat(score(other, of(value("f", 2))).quality()).isEqualTo(Quality.BAD);
  }

  @Test
  void otherRolesBeginANewWindow() throws Exception {
    install(TestModels.draft("1.0.0").roles(FLOW).steps(2));
    Scorer scorer = slot.open(binding(""));
    score(scorer, of(value("f", 1)));
    install(TestModels.draft("2.0.0").roles(TestModels.role("pressure", "REFUSE", 0, 1)).steps(2));
    assertThat(score(scorer, of(value("p", 1))).reason())
        .isEqualTo("the window holds 1 of 2 samples");
  }

  @Test
  void aListIsScoredInBatchesAndKeepsItsOrder() throws Exception {
    install(TestModels.draft().roles(FLOW).steps(3).model("0"));
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      samples.add(i % 10 == 3 ? of(value("x", i)) : of(value("f", i)));
    }
    List<Sample> scored = slot.open(binding("")).score(samples);
    assertThat(scored).hasSize(1000);
    for (int i = 13; i < 1000; i++) {
      Reading last = scored.get(i).readings().get(1);
      if (i % 10 == 3) {
        assertThat(last.reason()).isEqualTo("f has no value");
      } else {
        // a sample without a value stands in no window
        float expected = i % 10 == 4 ? 3f * i - 5 : i % 10 == 5 ? 3f * i - 4 : 3f * i - 3;
        assertThat(number(last)).as("sample " + i).isEqualTo(expected);
      }
    }
  }

  @Test
  void aRoleThatTheRouteDoesNotBindIsNamed() throws Exception {
    Scorer scorer = slot.open(new Binding("route", Map.of("flow", "f"), ""));
    scorer.close();
    install(TestModels.draft());
    Scorer again = slot.open(new Binding("route", Map.of("flow", "f"), ""));
    assertThat(score(again, of(value("f", 1))).reason())
        .isEqualTo("route route binds no channel to role pressure");
    assertThat(slot.status().problems()).anyMatch(p -> p.contains("role pressure"));
  }
}
