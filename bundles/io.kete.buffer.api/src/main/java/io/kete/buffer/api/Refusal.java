// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.api;

/**
 * Why a sample was not accepted.
 *
 * @param cause for the program
 * @param message for the operator: what is wrong and what to do
 */
public record Refusal(Cause cause, String message) {

  /** What a caller can tell apart. */
  public enum Cause {
    /** The stream is full and its policy is not to drop stored samples. */
    FULL,
    /** The medium failed: no space, read only, or an error of the store. */
    STORAGE,
    /** The stream is being closed. */
    CLOSED,
    /** The sample breaks a limit of the stream, for instance its size. */
    INVALID
  }
}
