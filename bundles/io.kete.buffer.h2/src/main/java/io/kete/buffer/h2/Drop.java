// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

/**
 * A range that was given up and of which the receiver does not know yet.
 *
 * @param incarnation of the whole range
 * @param count number of samples
 */
record Drop(long incarnation, long firstSeq, long count, String reason) {

  long lastSeq() {
    return firstSeq + count - 1;
  }
}
