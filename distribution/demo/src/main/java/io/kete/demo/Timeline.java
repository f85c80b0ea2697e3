// SPDX-License-Identifier: EPL-2.0
package io.kete.demo;

/**
 * When what happens, in seconds since the start.
 *
 * @param swapAt a newer model is offered
 * @param cutAt the link is cut
 * @param mendAt the link is whole again
 * @param refuseAt a damaged model is offered
 * @param stopAt the plant serves no more
 */
record Timeline(double swapAt, double cutAt, double mendAt, double refuseAt, double stopAt) {

  static final int MIN_SECONDS = 20;
  static final int MAX_SECONDS = 3600;
  private static final double LONGEST_CUT = 8;
  private static final double CUT_SHARE = 0.3;
  private static final double AFTER_START_SHARE = 0.25;
  private static final double SWAP_SHARE = 0.08;
  private static final double REFUSE_SHARE = 0.2;
  private static final double DRAIN = 4;
  private static final double SHORTEST = 3;

  /** A run of so many seconds in which the first sample arrived at a certain one. */
  static Timeline of(int seconds, double firstSampleAt) {
    double live = Math.max(SHORTEST * 3, seconds - DRAIN - firstSampleAt);
    double cutAt = firstSampleAt + live * AFTER_START_SHARE;
    double cut = Math.min(LONGEST_CUT, Math.max(SHORTEST, live * CUT_SHARE));
    double stopAt = firstSampleAt + live;
    double mendAt = cutAt + cut;
    return new Timeline(
        firstSampleAt + live * SWAP_SHARE,
        cutAt,
        mendAt,
        mendAt + (stopAt - mendAt) * REFUSE_SHARE,
        stopAt);
  }
}
