// SPDX-License-Identifier: EPL-2.0
package io.kete.data.api;

/** How far a reading can be trusted. */
public enum Quality {
  /** Read without a fault and inside every limit that was checked. */
  GOOD(0),
  /** Read, but something about it is doubtful, for instance a value outside its range. */
  UNCERTAIN(1),
  /** Not read; there is a reason instead of a value. */
  BAD(2);

  private final int code;

  Quality(int code) {
    this.code = code;
  }

  /** Code in the block format; never changes. */
  int code() {
    return code;
  }
}
