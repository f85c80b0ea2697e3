// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.slot;

import io.kete.model.api.ModelDescriptor;
import io.kete.model.api.ModelException;

/** The version that serves, held for rows that come from no route; no window, no lineage. */
public final class Loan implements AutoCloseable {

  private final Serving version;

  Loan(Serving version) {
    this.version = version;
  }

  /** What the version says of itself. */
  public ModelDescriptor descriptor() {
    return version.descriptor();
  }

  /** Digest of the version. */
  public String digest() {
    return version.digest();
  }

  /**
   * Scores rows of scaled values. They tell nothing about the health of the version, for nobody
   * knows where they come from.
   */
  public void score(int rows, float[] inputs, float[] outputs) throws ModelException {
    version.scoreUnwatched(rows, inputs, outputs);
  }

  /** Gives it back; to be called once. */
  @Override
  public void close() {
    version.release();
  }
}
