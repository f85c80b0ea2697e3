// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.model;

import java.util.Arrays;

/** How long samples took, in steps of about 3 %. For one thread at a time. */
final class Delays {

  private static final int STEPS = 32;
  private static final int SHIFT = 5;

  private final long[] counts = new long[64 * STEPS];
  private long all;
  private long longest;

  void add(long nanos) {
    counts[place(nanos)]++;
    all++;
    longest = Math.max(longest, nanos);
  }

  private static int place(long nanos) {
    long value = Math.max(nanos, STEPS);
    int power = 63 - Long.numberOfLeadingZeros(value);
    return power * STEPS + (int) ((value >>> (power - SHIFT)) & (STEPS - 1));
  }

  /** Begins anew, in the same place: garbage of the measurement would be measured as well. */
  void clear() {
    Arrays.fill(counts, 0);
    all = 0;
    longest = 0;
  }

  void add(Delays other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
    all += other.all;
    longest = Math.max(longest, other.longest);
  }

  long count() {
    return all;
  }

  /** So many microseconds are not exceeded by this share of the samples. */
  double micros(double share) {
    long rest = (long) Math.ceil(all * share);
    int i = 0;
    while (i < counts.length - 1 && rest > counts[i]) {
      rest -= counts[i];
      i++;
    }
    int power = i / STEPS;
    return ((1L << power) + ((i % STEPS + 1L) << power) / STEPS) / 1e3;
  }

  double longestMicros() {
    return longest / 1e3;
  }

  @Override
  public String toString() {
    return "p50 %,.0f us, p99 %,.0f us, p99.9 %,.0f us, longest %,.0f us, of %,d samples"
        .formatted(micros(0.5), micros(0.99), micros(0.999), longestMicros(), all);
  }
}
