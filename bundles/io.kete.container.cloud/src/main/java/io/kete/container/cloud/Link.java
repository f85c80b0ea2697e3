// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import org.eclipse.kura.data.DataService;

/** What this bundle needs of the data service beyond Kura's interface. */
public interface Link extends DataService {

  /** The transport below. */
  Transport transport();

  /** How the connection is doing. */
  LinkStatus linkStatus();

  /**
   * State of a connection.
   *
   * @param connected whether there is an MQTT session
   * @param reconnects how often it came back
   * @param problem why there is none and what to do; empty when all is well or nobody asked for a
   *     connection
   */
  record LinkStatus(boolean connected, long reconnects, String problem) {}
}
