// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.store;

import io.kete.model.runtime.content.Candidate;
import io.kete.model.runtime.content.ModelFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What outlives a restart. One lock for all slots, so that none deletes a model that another has
 * just stored and not yet named.
 */
public final class Memory {

  private final ModelStore store;
  private final SlotRecords records;

  /** Below this folder, which is made when it is needed. */
  public Memory(Path folder) {
    this.store = new ModelStore(folder);
    this.records = new SlotRecords(folder.resolve("slots"));
  }

  /** What the slot remembers. */
  public SlotRecord read(String slot) {
    return records.read(slot);
  }

  /**
   * How the process ended that last wrote about the slot. To be asked before this one writes; what
   * it says is of use only while something was being tried.
   */
  public End end(String slot) {
    return records.end(slot);
  }

  /** A model that was kept. */
  public Optional<Candidate> find(String digest) {
    return store.find(digest);
  }

  /** Remembers, then drops the models that nobody needs any more. */
  public synchronized void write(String slot, SlotRecord record) throws IOException {
    records.write(slot, record);
    store.prune(records.wanted());
  }

  /** Keeps the model first, then remembers that it serves. */
  public synchronized void write(String slot, SlotRecord record, ModelFiles files)
      throws IOException {
    store.keep(files);
    write(slot, record);
  }
}
