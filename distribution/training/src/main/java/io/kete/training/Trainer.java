// SPDX-License-Identifier: EPL-2.0
package io.kete.training;

import java.util.Arrays;
import java.util.List;
import org.tribuo.MutableDataset;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.sgd.linear.LinearSGDModel;
import org.tribuo.regression.sgd.linear.LinearSGDTrainer;
import org.tribuo.regression.sgd.objectives.SquaredLoss;

/** Trains an {@link AnomalyModel} on states of sound pumps. */
final class Trainer {

  private static final double LEARNING_RATE = 0.5;
  private static final int EPOCHS = 12;
  private static final int MINIBATCH = 32;

  /** One of a thousand states of a sound pump is past the limit. */
  private static final double SOUND_SHARE = 0.999;

  private final Recipe recipe;

  Trainer(Recipe recipe) {
    this.recipe = recipe;
  }

  AnomalyModel train(List<State> sound) {
    Features features = new Features(recipe.pauses());
    LinearSGDModel expected = regression(sound, features);
    double[] usual = usual(expected, features, sound);
    double[] distances =
        sound.stream()
            .mapToDouble(state -> AnomalyModel.distance(expected, features, usual, state.values()))
            .sorted()
            .toArray();
    double limit = distances[(int) (SOUND_SHARE * distances.length)];
    return new AnomalyModel(expected, features, usual, limit);
  }

  private LinearSGDModel regression(List<State> sound, Features features) {
    RegressionFactory factory = new RegressionFactory();
    MutableDataset<Regressor> data =
        new MutableDataset<>(new SimpleDataSourceProvenance("pump", factory), factory);
    Role[] roles = Role.values();
    for (State state : sound) {
      double[] values = state.values();
      double[] targets = new double[AnomalyModel.TARGETS.length];
      Arrays.setAll(targets, i -> roles[i + 1].scaled(values[i + 1]));
      data.add(
          new ArrayExample<>(
              new Regressor(AnomalyModel.TARGETS, targets),
              features.names(),
              features.of(roles[0].scaled(values[0]))));
    }
    LinearSGDTrainer trainer =
        new LinearSGDTrainer(
            new SquaredLoss(),
            new AdaGrad(LEARNING_RATE),
            EPOCHS,
            Integer.MAX_VALUE,
            MINIBATCH,
            recipe.seed());
    return trainer.train(data);
  }

  /** Root mean square of each deviation. */
  private static double[] usual(LinearSGDModel expected, Features features, List<State> sound) {
    double[] sums = new double[AnomalyModel.TARGETS.length];
    for (State state : sound) {
      double[] deviations = AnomalyModel.deviations(expected, features, state.values());
      for (int i = 0; i < sums.length; i++) {
        sums[i] += deviations[i] * deviations[i];
      }
    }
    return Arrays.stream(sums).map(sum -> Math.sqrt(sum / sound.size())).toArray();
  }
}
