// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.buffer;

/** Runs something later, on a thread that must not be kept. */
@FunctionalInterface
public interface Timer {

  /** Runs the task once after so many milliseconds; not at all when the gateway stops before. */
  void after(long millis, Runnable task);
}
