// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.api;

/**
 * What the policy does with a channel. From lenient to strict; the strictest of several is the one
 * with the highest ordinal.
 */
public enum Treatment {
  /** Leaves in clear. */
  PLAIN,
  /** Leaves in clear with less precision. */
  COARSEN,
  /** Leaves in clear under a keyed pseudonym. */
  PSEUDONYMISE,
  /** Leaves only sealed for named recipients. */
  SEAL,
  /** Stays on the site: used by routes and models, never stored for sending. */
  KEEP,
  /** Removed. */
  DROP;

  /** The stricter of the two. */
  public Treatment strictest(Treatment other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
