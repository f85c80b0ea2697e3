// SPDX-License-Identifier: EPL-2.0
package io.kete.model.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A model in memory. {@code score} may be called by several threads, but never during or after
 * {@code close}.
 */
@ConsumerType
public interface LoadedModel extends AutoCloseable {

  /**
   * Scores rows.
   *
   * @param rows number of rows, at least 1
   * @param inputs at least {@code rows * width} scaled values, row after row; within a row step
   *     after step, oldest first
   * @param outputs room for at least {@code rows * outputs} values, filled row after row
   * @throws ModelException if the engine failed; the outputs are then undefined
   */
  void score(int rows, float[] inputs, float[] outputs) throws ModelException;

  /** Gives back all memory. */
  @Override
  void close();
}
