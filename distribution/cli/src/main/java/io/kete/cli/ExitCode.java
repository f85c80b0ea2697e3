// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

/** What the command tells its caller. */
final class ExitCode {

  /** Done, and all is well. */
  static final int OK = 0;

  /** Not done, or done and something is wrong; the message says what. */
  static final int FAILED = 1;

  /** Wrong options; nothing was done. */
  static final int USAGE = 2;

  /** No gateway is running with this data directory. */
  static final int NOT_RUNNING = 3;

  private ExitCode() {}
}
