// SPDX-License-Identifier: EPL-2.0
package io.kete.training;

/**
 * How a version is trained.
 *
 * @param version version of the model
 * @param seed of everything random
 * @param pumps pumps the data come from
 * @param secondsEach states of each pump
 * @param pauses whether the pumps stop now and then; the model then gets a feature that tells a
 *     paused pump from a running one
 */
record Recipe(String version, long seed, int pumps, int secondsEach, boolean pauses) {

  /** Knows running pumps only, so that a pause looks like a fault. */
  static final Recipe FIRST = new Recipe("1.0.0", 20_260_901, 8, 2_000, false);

  /** Knows pauses too, from more pumps. */
  static final Recipe SECOND = new Recipe("2.0.0", 20_261_101, 16, 2_000, true);
}
