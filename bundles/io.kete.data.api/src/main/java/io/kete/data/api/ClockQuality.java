// SPDX-License-Identifier: EPL-2.0
package io.kete.data.api;

/** How far the capture time of a sample can be trusted. */
public enum ClockQuality {
  /** Nothing is known about the clock. */
  UNKNOWN(0),
  /** The clock runs without a reference. */
  FREE_RUNNING(1),
  /** The clock follows a reference. */
  SYNCHRONISED(2);

  private final int code;

  ClockQuality(int code) {
    this.code = code;
  }

  /** Code in the block format; never changes. */
  int code() {
    return code;
  }
}
