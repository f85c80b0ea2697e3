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

  /** What the slot runs now. */
  SlotState state();
}
