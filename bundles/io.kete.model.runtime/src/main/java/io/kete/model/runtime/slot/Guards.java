// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.slot;

/**
 * How careful a slot is.
 *
 * @param shadowSamples so many samples a new version is compared with the one that serves before it
 *     serves; 0: not at all
 * @param shadowMinutes the comparison ends after this time, too; 0: only after the samples
 * @param shadowDifference largest mean difference of a score that the comparison lets pass; 0: any
 * @param probationHours so long after it began to serve a version that serves badly gives way to
 *     the one before it; 0: never
 * @param waitSeconds so long samples wait for a model before they are passed on without a score
 */
public record Guards(
    int shadowSamples,
    int shadowMinutes,
    double shadowDifference,
    int probationHours,
    int waitSeconds) {

  /** No shadow, a day of probation, no waiting. */
  public static final Guards USUAL = new Guards(0, 0, 0, 24, 0);

  private static final int MAX_SAMPLES = 1_000_000;
  private static final int MAX_MINUTES = 10_080;
  private static final int MAX_HOURS = 8_760;
  private static final int MAX_WAIT = 60;

  /**
   * From plain numbers.
   *
   * @throws IllegalArgumentException with the key and what is allowed
   */
  public static Guards of(
      String pid, int samples, int minutes, double difference, int hours, int wait) {
    inRange(pid, "shadow.samples", samples, MAX_SAMPLES);
    inRange(pid, "shadow.minutes", minutes, MAX_MINUTES);
    inRange(pid, "probation.hours", hours, MAX_HOURS);
    inRange(pid, "wait.seconds", wait, MAX_WAIT);
    if (!(difference >= 0 && Double.isFinite(difference))) {
      throw new IllegalArgumentException(
          pid + ": shadow.difference=" + difference + " has to be a finite number of at least 0");
    }
    return new Guards(samples, minutes, difference, hours, wait);
  }

  private static void inRange(String pid, String key, int value, int most) {
    if (value < 0 || value > most) {
      throw new IllegalArgumentException(
          pid + ": " + key + "=" + value + " has to be from 0 to " + most);
    }
  }
}
