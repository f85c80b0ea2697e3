// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel.service;

import java.util.Optional;

/**
 * Services of one type, found by name, as they come and go.
 *
 * @param <T> type of the service
 */
public interface Directory<T> {

  /** The service of that name at present. Cheap enough to be asked for each sample. */
  Optional<T> find(String name);

  /**
   * Calls back, from any thread, after the service of that name came, changed or went.
   *
   * @return ends the watch
   */
  Watch watch(String name, Runnable changed);

  /** A watch that can be ended. */
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }
}
