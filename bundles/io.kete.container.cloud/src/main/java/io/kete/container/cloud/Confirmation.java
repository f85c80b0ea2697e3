// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

/**
 * Told when the broker has confirmed a message of QoS 1 or 2; on the MQTT client's thread, so it
 * returns at once.
 */
@FunctionalInterface
public interface Confirmation {

  /** Nobody wants to know. */
  Confirmation NONE = id -> {};

  /**
   * The message with that id arrived at the broker; may come before the call that sent it has
   * returned.
   */
  void confirmed(int id);
}
