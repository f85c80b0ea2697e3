// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

/** Range, mean and deviation of the numbers that were added. */
final class Statistics {

  private long count;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private double mean;
  private double squares;

  void add(double number) {
    count++;
    min = Math.min(min, number);
    max = Math.max(max, number);
    // the sums of large sets stay exact this way
    double before = number - mean;
    mean += before / count;
    squares += before * (number - mean);
  }

  double min() {
    return min;
  }

  double max() {
    return max;
  }

  double mean() {
    return mean;
  }

  double deviation() {
    return count < 2 ? 0 : Math.sqrt(squares / (count - 1));
  }
}
