// SPDX-License-Identifier: EPL-2.0
package io.kete.demo;

/**
 * When what happens, in seconds since the start.
 *
 * @param cutAt the link is cut
 * @param mendAt the link is whole again
 * @param stopAt the plant serves no more
 */
record Timeline(double cutAt, double mendAt, double stopAt) {

  static final int MIN_SECONDS = 20;
  static final int MAX_SECONDS = 900;
  private static final double LONGEST_CUT = 8;
  private static final double CUT_SHARE = 0.3;
  private static final double AFTER_START_SHARE = 0.25;
  private static final double DRAIN = 4;
  private static final double SHORTEST = 3;

  /** A run of so many seconds in which the first sample arrived at a certain one. */
  static Timeline of(int seconds, double firstSampleAt) {
    double live = Math.max(SHORTEST * 3, seconds - DRAIN - firstSampleAt);
    double cutAt = firstSampleAt + live * AFTER_START_SHARE;
    double cut = Math.min(LONGEST_CUT, Math.max(SHORTEST, live * CUT_SHARE));
    return new Timeline(cutAt, cutAt + cut, firstSampleAt + live);
  }
}
