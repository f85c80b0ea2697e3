// SPDX-License-Identifier: EPL-2.0
package io.kete.model.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.kete.model.api.LoadedModel;
import io.kete.model.api.ModelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TreesEngineTest {

  @Test
  void computesALinearModel() throws ModelException {
    String linear = Models.LOGISTIC.replace("logistic", "identity");

    assertThat(score(Models.model(linear), 3, 4)).isEqualTo(2.5f);
  }

  @Test
  void computesALogisticModel() throws ModelException {
    assertThat(score(Models.model(Models.LOGISTIC), 0, 0.5f)).isEqualTo(0.5f);
    assertThat(score(Models.model(Models.LOGISTIC), 1, 0.5f)).isCloseTo(0.880797f, within(1e-6f));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 11.25",
    "1, 0.1, 12.25",
    "1.1, 5, 22.25",
    "1.1, 5.1, 32.25",
    "NaN, 0, 21.25",
    "NaN, NaN, 32.25"
  })
  void addsTheLeavesOfATreeEnsemble(float a, float b, float sum) throws ModelException {
    assertThat(score(Models.model(Models.sum("identity")), a, b)).isEqualTo(sum);
  }

  @Test
  void takesTheMeanOfTheLeaves() throws ModelException {
    String mean = Models.sum("identity").replace("'sum'", "'mean'");

    assertThat(score(Models.model(mean), 1, 0)).isEqualTo(5.75f);
  }

  @Test
  void scoresAnIsolationForest() throws ModelException {
    // leaves hold how many of the 256 rows end there
    String forest =
        "{'kind':'trees','combine':'isolation','samples':256,'trees':[{'feature':[0,-1,-1],"
            + "'threshold':[0,0,0],'left':[1,-1,-1],'right':[2,-1,-1],'value':[0,1,255]}]}";

    // a path of 1 step against one of 1 step and c(255) = 10.23694; c(256) = 10.24477
    assertThat(score(Models.model(forest), -1, 0)).isCloseTo(0.934577f, within(1e-5f));
    assertThat(score(Models.model(forest), 1, 0)).isCloseTo(0.467537f, within(1e-5f));
  }

  @Test
  void givesSeveralOutputsForSeveralRows() throws ModelException {
    try (LoadedModel model =
        Models.load(
            Models.model(Models.LOGISTIC.replace("logistic", "identity"), Models.sum("identity")),
            2)) {
      float[] outputs = new float[4];
      model.score(2, new float[] {1, 0, 3, 4}, outputs);

      assertThat(outputs).containsExactly(2.5f, 11.25f, 2.5f, 22.25f);
    }
  }

  @Test
  void refusesToScoreAfterClose() throws ModelException {
    LoadedModel model = Models.load(Models.model(Models.LOGISTIC), 1);
    model.close();

    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> model.score(1, new float[2], new float[1]));
  }

  @Test
  void refusesArraysThatAreTooShort() throws ModelException {
    try (LoadedModel model = Models.load(Models.model(Models.LOGISTIC), 1)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.score(2, new float[3], new float[2]));
    }
  }

  @Test
  void refusesALimitOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TreesEngine(0))
        .withMessage("io.kete.model.trees.TreesEngine: max.nodes is 0, allowed are 1 to 1000000");
  }

  private static float score(String json, float a, float b) throws ModelException {
    try (LoadedModel model = Models.load(json, 1)) {
      float[] outputs = new float[1];
      model.score(1, new float[] {a, b}, outputs);
      return outputs[0];
    }
  }
}
