// SPDX-License-Identifier: EPL-2.0
package io.kete.training;

import io.kete.training.State.Fault;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a model does with pumps it has not seen; past the limit means a score of at least 0.5.
 *
 * @param falseAlarms share of sound states past the limit
 * @param detected share of states past the limit, by fault, over all severities
 * @param ranking probability that a faulty state scores higher than a sound one
 */
record Evaluation(double falseAlarms, Map<Fault, Double> detected, double ranking) {

  static final double LIMIT = 0.5;

  private static final long OTHER_PUMPS = 1_000;
  private static final int PUMPS = 4;
  private static final int STATES = 1_000;
  private static final int WARM_UP = 600;

  static Evaluation of(AnomalyModel model, Recipe recipe, boolean pauses) {
    Map<Fault, Double> detected = new EnumMap<>(Fault.class);
    double[] sound = scores(model, recipe, pauses, Fault.NONE);
    double wins = 0;
    int pairs = 0;
    for (Fault fault : Fault.values()) {
      if (fault != Fault.NONE) {
        double[] faulty = scores(model, recipe, false, fault);
        detected.put(fault, share(faulty));
        for (int i = 0; i < faulty.length; i++) {
          // one sound partner for each faulty state is enough for three digits
          wins += faulty[i] > sound[i] ? 1 : faulty[i] == sound[i] ? 0.5 : 0;
          pairs++;
        }
      }
    }
    return new Evaluation(share(sound), detected, wins / pairs);
  }

  private static double[] scores(AnomalyModel model, Recipe recipe, boolean pauses, Fault fault) {
    double[] scores = new double[PUMPS * STATES];
    for (int pump = 0; pump < PUMPS; pump++) {
      PumpGenerator generator = new PumpGenerator(recipe.seed() + OTHER_PUMPS + pump, pauses);
      for (int i = 0; i < WARM_UP; i++) {
        generator.next();
      }
      for (int i = 0; i < STATES; i++) {
        scores[pump * STATES + i] =
            model.score(generator.next(fault, (double) i / STATES).values());
      }
    }
    return scores;
  }

  private static double share(double[] scores) {
    int past = 0;
    for (double score : scores) {
      past += score >= LIMIT ? 1 : 0;
    }
    return (double) past / scores.length;
  }
}
