// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.modbus;

/** What a device answered. */
sealed interface Reply extends Outcome {

  /**
   * A normal reply.
   *
   * @param body what follows the function code
   */
  @SuppressWarnings("ArrayRecordComponent") // made per request, seen by its block only
  record Done(byte[] body) implements Reply {}

  /** The device refused the request with an exception code. */
  record Refused(int code) implements Reply {

    private static final int ILLEGAL_ADDRESS = 2;
    private static final int ILLEGAL_VALUE = 3;

    /** Whether the same request over fewer addresses may succeed. */
    boolean mayBeSplit() {
      return code == ILLEGAL_ADDRESS || code == ILLEGAL_VALUE;
    }

    String reason() {
      String name =
          switch (code) {
            case 1 -> "illegal function";
            case ILLEGAL_ADDRESS -> "illegal data address";
            case ILLEGAL_VALUE -> "illegal data value";
            case 4 -> "server device failure";
            case 5 -> "acknowledge";
            case 6 -> "server device busy";
            case 7 -> "negative acknowledge";
            case 8 -> "memory parity error";
            case 10 -> "gateway path unavailable";
            case 11 -> "gateway target device failed to respond";
            default -> "unknown exception";
          };
      return name + " (" + code + ")";
    }
  }
}
