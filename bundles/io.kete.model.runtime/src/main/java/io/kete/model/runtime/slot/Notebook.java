// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.slot;

import io.kete.model.runtime.content.ModelFiles;
import io.kete.model.runtime.store.End;
import io.kete.model.runtime.store.Memory;
import io.kete.model.runtime.store.SlotRecord;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a slot remembers; a disk that does not take it stops nothing, but is told. */
final class Notebook {

  private static final Logger logger = LoggerFactory.getLogger(Notebook.class);

  private final String slot;
  private final Memory memory;
  private final End before;
  private SlotRecord record;
  private volatile String problem = "";

  Notebook(String slot, Memory memory) {
    this.slot = slot;
    this.memory = memory;
    this.record = memory.read(slot);
    // asked before the first write of this process
    this.before = memory.end(slot);
  }

  /** How often the process may have ended while a model was tried; see {@link End}. */
  int patience(boolean kept) {
    return before.patience(kept);
  }

  SlotRecord record() {
    return record;
  }

  /** Why a restart would go back, empty when it would not. */
  String problem() {
    return problem;
  }

  /** Returns when it is on the medium, or told that it is not. */
  void write(SlotRecord changed) {
    record = changed;
    try {
      memory.write(slot, changed);
      problem = "";
    } catch (IOException e) {
      failed(e);
    }
  }

  /** Keeps the files first. */
  void write(SlotRecord changed, ModelFiles files) {
    record = changed;
    try {
      memory.write(slot, changed, files);
      problem = "";
    } catch (IOException e) {
      failed(e);
    }
  }

  private void failed(IOException cause) {
    logger.error("slot_not_remembered slot={} reason={}", slot, cause.getMessage());
    problem =
        "slot "
            + slot
            + " cannot write down what serves; make space and check the disk, or a restart goes"
            + " back";
  }
}
