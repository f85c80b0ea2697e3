// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.store;

/**
 * How the process ended that last wrote down what a slot does. It decides how often a load may be
 * interrupted before the model is to blame.
 */
public enum End {
  /** The machine was started anew since: rarely the fault of a model. */
  MACHINE(SlotRecord.MAX_ATTEMPTS),
  /**
   * Nothing is known: a kill, an update, an operator in a hurry, or a model that took all memory.
   */
  UNKNOWN(2),
  /** The virtual machine reported a crash in the thread that loads models. */
  CRASH(1);

  private final int patience;

  End(int patience) {
    this.patience = patience;
  }

  /**
   * How often in a row the process may have ended while a model was tried, before it is not tried
   * again.
   *
   * @param kept whether the model served before, and is rarely a bad one
   */
  public int patience(boolean kept) {
    if (!kept) {
      return patience;
    }
    return this == MACHINE ? patience * SlotRecord.MAX_ATTEMPTS : SlotRecord.MAX_ATTEMPTS;
  }
}
