// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.gate;

/** How far a model has come. */
public enum Stage {
  /** Its descriptor was read. */
  DISCOVERED,
  /** Its signature was accepted. */
  VERIFIED,
  /** The engine has it in memory. */
  LOADED,
  /** It gave what its training tool gave. */
  PROVED,
  /** It scores beside the one that serves, and is compared. */
  SHADOW,
  /** It serves. */
  ACTIVE,
  /** It served before. */
  RETIRED,
  /** It must not serve. */
  REJECTED
}
