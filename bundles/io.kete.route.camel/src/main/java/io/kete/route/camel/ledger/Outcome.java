// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.ledger;

/** What became of a sample that did not fail. */
public enum Outcome {
  /** No step said anything, or a filter left no reading. */
  FILTERED,
  /** A window took the sample in; another one will come out of it. */
  ABSORBED,
  /** A stream has the sample on its medium. */
  ACCEPTED
}
