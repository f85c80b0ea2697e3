// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Told what became of an appended sample. Must return quickly: the whole group commit waits for it.
 */
@ConsumerType
public interface AppendCallback {

  /** The sample is on the medium. */
  void accepted(long seq);

  /** The sample is not stored and will not be sent. */
  void refused(Refusal why);
}
