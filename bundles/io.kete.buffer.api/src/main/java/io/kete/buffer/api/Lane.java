// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.api;

/**
 * The two ways out of a stream, so that new samples need not wait behind old ones. Each keeps the
 * order of sequence numbers; between the two there is none.
 */
public enum Lane {
  /** What was stored since the outlet was opened or rewound, as long as it is taken in time. */
  LIVE,
  /**
   * Everything else: what was stored before, what was in flight when the link was lost, and what
   * the live lane fell behind with. All of it is marked as replay. Dropped ranges are told here.
   */
  BACKLOG
}
