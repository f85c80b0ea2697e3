// SPDX-License-Identifier: EPL-2.0
package io.kete.model.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A place where one model serves at a time. Offered as a service with the property {@link #SLOT}.
 */
@ProviderType
public interface ModelSlot {

  /** Service property: name of the slot. */
  String SLOT = "kete.slot";

  /** Name of the slot. */
  String name();

  /**
   * Connects a route; the same route and roles find their window again. Close the scorer when the
   * route ends.
   */
  Scorer open(Binding binding);

  /** What the slot runs now. Cheap enough to be asked for each sample. */
  SlotState state();

  /**
   * Calls back, from any thread, after another version began to serve or the slot became empty. The
   * call must return at once.
   *
   * @return ends the watch
   */
  Watch watch(Runnable changed);

  /** A watch that can be ended. */
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }
}
