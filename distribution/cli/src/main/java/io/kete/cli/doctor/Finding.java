// SPDX-License-Identifier: EPL-2.0
package io.kete.cli.doctor;

/**
 * What a check found.
 *
 * @param check short name of what was looked at
 * @param what the fact, in one line, without secrets
 * @param advice what to do; empty when there is nothing to do
 */
public record Finding(String check, State state, String what, String advice) {

  /** How bad it is. */
  public enum State {
    /** As it should be. */
    OK,
    /** The gateway works, but somebody should look. */
    WARN,
    /** The gateway does not work, or soon will not. */
    FAIL
  }

  static Finding ok(String check, String what) {
    return new Finding(check, State.OK, what, "");
  }

  static Finding warn(String check, String what, String advice) {
    return new Finding(check, State.WARN, what, advice);
  }

  static Finding fail(String check, String what, String advice) {
    return new Finding(check, State.FAIL, what, advice);
  }
}
