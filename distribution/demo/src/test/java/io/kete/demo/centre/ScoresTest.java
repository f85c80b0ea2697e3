// SPDX-License-Identifier: EPL-2.0
package io.kete.demo.centre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScoresTest {

  private final List<Received> samples = new ArrayList<>();

  private static String lineage(String version) {
    return "anomaly=pump/" + version + "@" + version.substring(0, 1).repeat(64) + ":pump.score";
  }

  private ScoresTest sample(String lineages, Object score) throws RecordException {
    long seq = samples.size() + 1L;
    Map<String, Object> values =
        score instanceof Double
            ? Map.of("serial", seq, "pump.score", score)
            : Map.of("serial", seq);
    samples.add(new Received(seq, seq, "pump-1", values, Map.of(), Lineage.parse(lineages)));
    return this;
  }

  private ScoresTest scored(String version) throws RecordException {
    return sample(lineage(version), 0.5);
  }

  private ScoresTest refused(String version, String reason) {
    Map<String, Object> values = Map.of("state", "REJECTED", "version", version, "reason", reason);
    samples.add(
        new Received(samples.size() + 1L, 1, "kete.model.anomaly", values, Map.of(), List.of()));
    return this;
  }

  private Scores.Result result() {
    return Scores.of(samples, "anomaly", List.of("1.0.0", "2.0.0"), "3.0.0");
  }

  @Test
  void holdsForOneSwapAndOneRefusal() throws Exception {
    sample("", "").scored("1.0.0").scored("1.0.0").scored("2.0.0").refused("3.0.0", "golden");
    Scores.Result result = scored("2.0.0").result();
    assertThat(result.differences()).isEmpty();
    assertThat(result.versions()).containsEntry("1.0.0", 2L).containsEntry("2.0.0", 2L);
    assertThat(result.swaps()).isEqualTo(1);
    assertThat(result.before()).isEqualTo(1);
    assertThat(result.scored()).isEqualTo(4);
  }

  @Test
  void failsForAScoreThatIsMissingOrNoNumber() throws Exception {
    scored("1.0.0").sample("", "").sample(lineage("1.0.0"), "").sample(lineage("1.0.0"), 0.0 / 0);
    scored("2.0.0").refused("3.0.0", "golden");
    assertThat(result().unscored()).isEqualTo(3);
    assertThat(result().differences()).hasSize(3).first().asString().contains("no score");
  }

  @Test
  void failsWhenAVersionGoesBackOrTwoScoreOneSample() throws Exception {
    scored("1.0.0").scored("2.0.0").scored("1.0.0").refused("3.0.0", "golden");
    sample(lineage("1.0.0") + ";" + lineage("2.0.0"), 0.5);
    assertThat(result().differences())
        .anyMatch(difference -> difference.contains("went back to 1.0.0"))
        .anyMatch(difference -> difference.contains("by 2 versions"));
  }

  @Test
  void failsWithoutTheSwapOrTheRefusalOrItsReason() throws Exception {
    scored("1.0.0");
    assertThat(result().differences()).hasSize(2);
    scored("2.0.0").refused("3.0.0", "");
    assertThat(result().differences()).containsExactly("record 3 refuses a model without a reason");
  }

  @Test
  void refusesALineageOfAnotherForm() {
    for (String text :
        List.of("x", "a=b/1@ff:c", lineage("1.0.0") + ";", lineage("1.0.0") + ":d")) {
      assertThatExceptionOfType(RecordException.class).isThrownBy(() -> Lineage.parse(text));
    }
  }
}
