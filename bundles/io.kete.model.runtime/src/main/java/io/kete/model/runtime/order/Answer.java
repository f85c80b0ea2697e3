// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.order;

/** What became of an order. */
public sealed interface Answer {

  /** Stands in the configuration of the slot, which follows it. */
  record Taken() implements Answer {}

  /**
   * There is no such slot or version.
   *
   * @param reason what is missing
   */
  record Unknown(String reason) implements Answer {}

  /**
   * It cannot be done.
   *
   * @param reason why, and what to do
   */
  record Refused(String reason) implements Answer {}
}
