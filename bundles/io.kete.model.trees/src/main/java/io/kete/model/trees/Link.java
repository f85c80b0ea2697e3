// SPDX-License-Identifier: EPL-2.0
package io.kete.model.trees;

/** What is done to a sum before it is the output. */
enum Link {
  IDENTITY,
  LOGISTIC;

  double of(double sum) {
    return this == IDENTITY ? sum : 1 / (1 + Math.exp(-sum));
  }
}
